import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minuteProblem, modifyTsProblem } from '../src/building-blocks.ts';
import { floorToMinute, ValidationError } from '../src/index.ts';
import { caught } from './support/caught.ts';

describe('floorToMinute', () => {
  it.each([
    [1755850380, 1755850380],
    [1755850439, 1755850380],
    [1755850439.999, 1755850380],
    [1755850440, 1755850440],
    [119.99999999999999, 60],
    [60, 60],
    [59, 0],
    [0, 0],
    [-0, 0],
    [99_999_999_999.9, 99_999_999_960],
  ])('%d is in the minute %d', (time, minute) => {
    expect(floorToMinute(time)).toBe(minute);
  });

  it('takes a Date', () => {
    expect(floorToMinute(new Date('2025-08-22T08:13:59.999Z'))).toBe(1755850380);
    expect(floorToMinute(new Date('2025-08-22T08:13:00Z'))).toBe(1755850380);
  });

  it('gives the last minute that is not after the time', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 99_999_999_999, noNaN: true }), (time) => {
        const minute = floorToMinute(time);
        expect(minute % 60).toBe(0);
        expect(minute <= time && time < minute + 60).toBe(true);
      }),
    );
  });

  it.each([
    [Number.NaN, 'WRONG_TYPE'],
    [Number.POSITIVE_INFINITY, 'WRONG_TYPE'],
    [Number.NEGATIVE_INFINITY, 'OUT_OF_RANGE'],
    [new Date('nonsense'), 'WRONG_TYPE'],
    [-1, 'OUT_OF_RANGE'],
    [new Date(-1), 'OUT_OF_RANGE'],
    [1755850380000, 'LOOKS_LIKE_MILLISECONDS'],
    ['1755850380', 'WRONG_TYPE'],
    [1755850380n, 'WRONG_TYPE'],
    [undefined, 'REQUIRED'],
    [null, 'WRONG_TYPE'],
  ])('refuses %s as %s', async (time, code) => {
    const error = await caught(() => floorToMinute(time as number));
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues).toMatchObject([{ path: 'time', code }]);
  });
});

describe('minuteProblem', () => {
  it.each([60, 1755850380, 99_999_999_960])('finds nothing wrong with %d', (value) => {
    expect(minuteProblem(value)).toBeUndefined();
  });

  it.each([
    [59, 'NOT_A_MINUTE', 'divisible by 60'],
    [0, 'OUT_OF_RANGE', 'positive'],
    [-0, 'OUT_OF_RANGE', 'positive'],
    [-60, 'OUT_OF_RANGE', 'positive'],
    [60.5, 'NOT_AN_INTEGER', 'divisible by 60'],
    [Number.NaN, 'WRONG_TYPE', 'NaN'],
    [Number.POSITIVE_INFINITY, 'WRONG_TYPE', 'Infinity'],
    [Number.NEGATIVE_INFINITY, 'WRONG_TYPE', 'Infinity'],
    [1755850380000, 'LOOKS_LIKE_MILLISECONDS', 'this looks like milliseconds'],
    [1755850380123, 'LOOKS_LIKE_MILLISECONDS', 'this looks like milliseconds'],
    ['60', 'WRONG_TYPE', '"60"'],
    [60n, 'WRONG_TYPE', '60n'],
    [new Date(60_000), 'WRONG_TYPE', 'floorToMinute(date)'],
    [new Date(Number.NaN), 'WRONG_TYPE', 'floorToMinute(date)'],
    [undefined, 'REQUIRED', 'required'],
    [null, 'WRONG_TYPE', 'null'],
  ])('%s is %s', (value, code, words) => {
    const problem = minuteProblem(value);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(words);
  });
});

describe('modifyTsProblem', () => {
  it('finds nothing wrong with any integer from 0 to 2^53 - 1', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (value) => modifyTsProblem(value) === undefined));
  });
});
