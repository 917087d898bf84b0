import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { afterBytes, EMPTY_REGISTER, shiftRegister } from '../../src/lib/deflate/checksum.ts';
import {
  FragmentTable,
  MAX_FRAGMENT_BYTES,
  MOST_FRAGMENTS,
} from '../../src/lib/deflate/fragment-table.ts';
import { UnsuitedError } from '../../src/lib/deflate/unsuited-error.ts';

const UNIT = ',"unit":"µ"}';
const NAME = ',"memory_mb":{"value":';

it('gives the same fragment for the same pieces, with its text, its length and its checksum', () => {
  const table = new FragmentTable();
  const closer = table.closer(UNIT);
  const fragment = table.extend(closer, NAME);
  expect(table.extend(closer, NAME)).toBe(fragment);
  expect(table.get(fragment.id)).toBe(fragment);
  const text = UNIT + NAME;
  expect(Buffer.from(fragment.bytes).toString()).toBe(text);
  expect(table.lengths[fragment.id]).toBe(Buffer.byteLength(text));
  const before = afterBytes(EMPTY_REGISTER, Buffer.from('1'), 0, 1);
  const alone = table.registers[fragment.id]!;
  const register = shiftRegister(before ^ alone, fragment.length);
  expect(~register >>> 0).toBe(crc32(`1${text}`));
});

it('knows the two halves of a fragment by their text', () => {
  const table = new FragmentTable();
  const inBytes = table.extend(table.closer(',"unit":"bytes"}'), NAME);
  const inSeconds = table.extend(table.closer(',"unit":"seconds"}'), NAME);
  expect(table.closerLengths[inBytes.id]).toBe(16);
  expect(table.openerHalves[inBytes.id]).toBe(table.openerHalves[inSeconds.id]);
  expect(table.closerHalves[inBytes.id]).not.toBe(table.closerHalves[inSeconds.id]);
  const longer = table.extend(table.extend(table.quote, '}'), ',');
  expect(longer.closer).toBe(table.quote);
  expect(table.closerHalves[longer.id]).toBe(table.closerHalves[table.quote.id]);
});

it('knows where a comma must not follow', () => {
  const table = new FragmentTable();
  expect(table.listBegins.isOpen).toBe(true);
  expect(table.nothing.isOpen).toBe(false);
  expect(table.extend(table.nothing, '{').isOpen).toBe(true);
  expect(table.extend(table.nothing, '[').isOpen).toBe(true);
  expect(table.extend(table.extend(table.nothing, '{'), '}').isOpen).toBe(false);
});

it('gives the pieces that a fragment has more than another', () => {
  const table = new FragmentTable();
  const front = table.extend(table.quote, '}');
  const whole = [',', '{', '"a":'].reduce((at, piece) => table.extend(at, piece), front);
  expect(table.piecesAfter(whole, front)).toEqual([',', '{', '"a":']);
  expect(table.piecesAfter(front, front)).toEqual([]);
});

it('refuses more fragments than its tables hold, and longer ones than can be summed up', () => {
  const table = new FragmentTable();
  expect(() => table.closer('x'.repeat(256))).toThrow(RangeError);
  let made = 3;
  expect(() => {
    for (; made < 2 * MOST_FRAGMENTS; made++) table.extend(table.nothing, `"name${made}":`);
  }).toThrow(UnsuitedError);
  expect(table.isFull).toBe(true);
  expect(() => table.closer('"')).toThrow(UnsuitedError);
  // A page that ends then must still be able to begin the next one, whatever stands there.
  const longest = table.extendAlways(table.listBegins, Array(MAX_FRAGMENT_BYTES).fill('['));
  expect(longest.bytes).toHaveLength(MAX_FRAGMENT_BYTES);
  expect(longest.id).toBe(MOST_FRAGMENTS - 1);
  expect(() => table.extendAlways(longest, [']'])).toThrow(RangeError);
});
