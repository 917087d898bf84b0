import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { EMPTY_REGISTER, prepareShifts, shiftRegister } from '../../src/lib/deflate/checksum.ts';
import {
  FIRST_GROUP,
  GROUP_DIGITS,
  GROUPS_SHIFT,
  groupCount,
  prepareGroups,
  putInteger,
} from '../../src/lib/deflate/digit-groups.ts';
import { Random } from '../support/random-records.ts';

function* numbers(): Generator<number> {
  for (let power = 0; power < 16; power++) {
    for (const factor of [1, 2, 3, 5, 9]) {
      const edge = factor * 10 ** power;
      if (edge + 1 <= Number.MAX_SAFE_INTEGER) yield* [edge - 1, edge, edge + 1];
    }
  }
  yield* [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER];
  // Where the quotient by a billion is next to an integer.
  yield* [8_999_999_999_999_999, 9_007_198_999_999_999, 9_007_199_000_000_000];
  const random = new Random(4);
  for (let run = 0; run < 20_000; run++)
    yield Math.floor(random.fraction() * 2 ** random.below(54));
}

// A correction of such quotients stood there, and no test failed without it: there are none.
it('no quotient by a billion is rounded up to the next integer', () => {
  const roundedUp: number[] = [];
  for (let high = 1; high * 1e9 <= Number.MAX_SAFE_INTEGER; high++) {
    if (Math.floor((high * 1e9 - 1) / 1e9) !== high - 1) roundedUp.push(high);
  }
  expect(roundedUp).toEqual([]);
});

it('cuts every integer into the digits that it has, and sums them up', () => {
  const list = new Uint16Array(1 << GROUPS_SHIFT);
  const registers = new Int32Array(1);
  prepareGroups();
  for (const value of numbers()) {
    const text = String(value);
    expect(putInteger(value, list, 0, registers, 0)).toBe(text.length);
    const end = groupCount(text.length);
    expect(end).toBe(Math.ceil(text.length / 3));
    const digits = [...list.subarray(0, end)].flatMap((group) =>
      group < FIRST_GROUP ? [group] : GROUP_DIGITS[group - FIRST_GROUP]!,
    );
    expect(String.fromCharCode(...digits)).toBe(text);
    prepareShifts(text.length);
    const register = shiftRegister(EMPTY_REGISTER, text.length) ^ registers[0]!;
    expect(~register >>> 0).toBe(crc32(text));
  }
});
