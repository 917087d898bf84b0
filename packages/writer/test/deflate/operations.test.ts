import { describe, expect, it } from 'vitest';
import { MAX_TEXT_BYTES, Operations, RING_MASK } from '../../src/lib/deflate/operations.ts';
import { UnsuitedError } from '../../src/lib/deflate/unsuited-error.ts';

function addText(operations: Operations, text: string): void {
  const start = operations.startText();
  operations.texts.set(Buffer.from(text), start);
  operations.addText(1, start, text.length, 7);
}

it('holds the operations of a record, integers and texts', () => {
  const operations = new Operations();
  operations.startRecord();
  operations.addInteger(5, 123);
  addText(operations, 'abc');
  expect(operations.end).toBe(2);
  expect([...operations.fragments.subarray(0, 2)]).toEqual([5, 1]);
  expect([...operations.lengths.subarray(0, 2)]).toEqual([3, 3]);
  expect([...operations.values.subarray(0, 2)]).toEqual([123, -8]);
  const start = operations.textStarts[1]!;
  expect(Buffer.from(operations.texts.subarray(start, start + 3)).toString()).toBe('abc');
});

it('has no zero below zero, which would be another value', () => {
  const operations = new Operations();
  operations.startRecord();
  operations.addInteger(1, -0);
  expect(Object.is(operations.values[0], 0)).toBe(true);
});

it('takes back a record as if it had never been', () => {
  const operations = new Operations();
  operations.startRecord();
  addText(operations, 'first');
  const start = operations.startText();
  operations.startRecord();
  addText(operations, 'second');
  operations.cancelRecord();
  expect(operations.end).toBe(1);
  expect(operations.startText()).toBe(start);
});

// The rings hold what deflate may look back at as long as no record adds more than is provided for.
describe('refuses', () => {
  it('a record of too many operations', () => {
    const operations = new Operations();
    operations.startRecord();
    expect(() => {
      for (let count = 0; count <= RING_MASK; count++) operations.addInteger(1, 1);
    }).toThrow(UnsuitedError);
    expect(operations.end).toBeLessThan(RING_MASK / 2);
  });

  it('a record of too much text', () => {
    const operations = new Operations();
    operations.startRecord();
    expect(() => {
      for (let count = 0; count < 100; count++) addText(operations, 'x'.repeat(MAX_TEXT_BYTES));
    }).toThrow(UnsuitedError);
  });

  it('a text longer than it keeps room for', () => {
    const operations = new Operations();
    operations.startRecord();
    expect(() => addText(operations, 'x'.repeat(MAX_TEXT_BYTES + 1))).toThrow(RangeError);
  });

  it('records while those before them were not taken', () => {
    const operations = new Operations();
    expect(() => {
      for (let count = 0; count <= RING_MASK; count++) {
        operations.startRecord();
        operations.addInteger(1, 1);
      }
    }).toThrow(RangeError);
    operations.taken(operations.end);
    operations.startRecord();
  });
});
