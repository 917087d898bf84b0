import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import {
  afterBytes,
  afterThreeBytes,
  combineChecksums,
  EMPTY_REGISTER,
  MAX_SHIFT_BYTES,
  prepareShifts,
  shiftRegister,
  unshiftedRegister,
} from '../../src/lib/deflate/checksum.ts';
import { Random } from '../support/random-records.ts';

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(random.list(length, () => random.below(256)));
}

it('is zlib’s CRC-32, whether bytes come three or any number at a time', () => {
  const random = new Random(1);
  for (let run = 0; run < 200; run++) {
    const bytes = randomBytes(random, 60);
    let register = EMPTY_REGISTER;
    let at = 0;
    while (at < bytes.length) {
      const count = Math.min(1 + random.below(5), bytes.length - at);
      if (count === 3) register = afterThreeBytes(register, bytes.readUIntLE(at, 3));
      else register = afterBytes(register, bytes, at, at + count);
      at += count;
    }
    expect(~register >>> 0).toBe(crc32(bytes));
  }
});

it('shifts a register by as many zero bytes as a fragment may have', () => {
  const random = new Random(2);
  for (let length = 0; length <= MAX_SHIFT_BYTES; length++) {
    prepareShifts(length);
    const [before, text] = [randomBytes(random, 9), randomBytes(random, length)];
    const register = afterBytes(EMPTY_REGISTER, before, 0, before.length);
    const alone = afterBytes(0, text, 0, text.length);
    const both = crc32(Buffer.concat([before, text]));
    expect(~(shiftRegister(register, length) ^ alone) >>> 0).toBe(both);
    expect(shiftRegister(unshiftedRegister(alone, length), length)).toBe(alone);
  }
  expect(() => prepareShifts(MAX_SHIFT_BYTES + 1)).toThrow(RangeError);
});

it.each([0, 1, 2, 255, 256, 65_535, 1_048_576, 5_000_001])(
  'makes one checksum of two, the second of %i bytes',
  (length) => {
    const first = Buffer.from('what came before');
    const second = Buffer.alloc(length, 'and this');
    const checksum = length === 0 ? 0 : crc32(second);
    const both = crc32(Buffer.concat([first, second]));
    expect(combineChecksums(crc32(first), checksum, length)).toBe(both);
  },
);
