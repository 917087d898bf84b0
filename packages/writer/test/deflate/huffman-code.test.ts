import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_MASK, COUNT_SHIFT, HuffmanCode } from '../../src/lib/deflate/huffman-code.ts';

const frequencies = fc
  .array(fc.oneof(fc.constant(0), fc.nat(9), fc.nat(100_000)), { minLength: 2, maxLength: 286 })
  .map((list) => Uint32Array.from(list));

function huffmanCode(counts: ArrayLike<number>, limit: number): HuffmanCode {
  const code = new HuffmanCode(limit, new Int32Array(counts.length));
  code.make(Uint32Array.from(counts));
  return code;
}

/** The bits of each code that there is, as they are read. */
function textsOf({ codes, lengths }: HuffmanCode): string[] {
  return [...codes].flatMap((code, symbol) => {
    const length = lengths[symbol]!;
    expect(code >>> COUNT_SHIFT).toBe(length);
    const bits = (code & CODE_MASK).toString(2).padStart(length, '0');
    return length === 0 ? [] : [[...bits].reverse().join('')];
  });
}

/** 1 for a code that is complete, as inflate asks for. */
function kraftSum(lengths: Uint8Array): number {
  return lengths.reduce((sum, length) => sum + (length > 0 ? 2 ** -length : 0), 0);
}

/** Bits that the best code takes: the sum of all sums that Huffman's algorithm makes. */
function leastBits(weights: readonly number[]): number {
  const rest = weights.filter((weight) => weight > 0).sort((a, b) => a - b);
  let bits = 0;
  while (rest.length > 1) {
    const sum = rest.shift()! + rest.shift()!;
    bits += sum;
    const at = rest.findIndex((weight) => weight >= sum);
    rest.splice(at < 0 ? rest.length : at, 0, sum);
  }
  return bits;
}

describe('lengths', () => {
  it('are those of a complete code within the limit, for every symbol that comes', () => {
    fc.assert(
      fc.property(frequencies, fc.integer({ min: 9, max: 15 }), (counts, limit) => {
        const { lengths } = huffmanCode(counts, limit);
        expect(kraftSum(lengths)).toBe(1);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(limit);
        for (const [symbol, count] of counts.entries()) {
          if (count > 0) expect(lengths[symbol]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('are the best there are while the limit allows that', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 40 }), (counts) => {
        fc.pre(counts.filter((count) => count > 0).length > 1);
        const { lengths } = huffmanCode(counts, 15);
        const bits = counts.reduce((sum, count, symbol) => sum + count * lengths[symbol]!, 0);
        expect(bits).toBe(leastBits(counts));
      }),
    );
  });

  it('stay within the limit for frequencies that would make the longest codes', () => {
    const fibonacci = [1, 1];
    while (fibonacci.length < 26) fibonacci.push(fibonacci.at(-1)! + fibonacci.at(-2)!);
    const { lengths } = huffmanCode(fibonacci, 15);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(15);
    expect(kraftSum(lengths)).toBe(1);
  });

  it.each([
    ['none', [0, 0, 0]],
    ['one', [0, 5, 0]],
    ['the first', [5, 0]],
  ])('make a code of two where %s comes', (_, counts) => {
    const { lengths } = huffmanCode(counts, 15);
    expect(lengths.filter((length) => length === 1)).toHaveLength(2);
    expect(kraftSum(lengths)).toBe(1);
  });
});

it('serves one alphabet after the other: nothing is left of the last codes', () => {
  fc.assert(
    fc.property(fc.array(frequencies, { minLength: 2, maxLength: 4 }), (all) => {
      const size = Math.max(...all.map((counts) => counts.length));
      const reused = new HuffmanCode(15, new Int32Array(size));
      for (const counts of all) {
        const padded = new Uint32Array(size);
        padded.set(counts);
        reused.make(padded);
        const { codes, lengths } = huffmanCode(padded, 15);
        expect(reused.codes).toEqual(codes);
        expect(reused.lengths).toEqual(lengths);
      }
    }),
    { numRuns: 50 },
  );
});

it('gives codes of which none begins with another', () => {
  fc.assert(
    fc.property(frequencies, (counts) => {
      const texts = textsOf(huffmanCode(counts, 15)).sort();
      for (let index = 1; index < texts.length; index++) {
        expect(texts[index]!.startsWith(texts[index - 1]!)).toBe(false);
      }
    }),
    { numRuns: 50 },
  );
});

it('gives the codes of the example in RFC 1951, section 3.2.2', () => {
  // Frequencies whose best code has the lengths 3, 3, 3, 3, 3, 2, 4, 4 of the example.
  const code = huffmanCode([4, 4, 4, 4, 4, 9, 2, 2], 15);
  expect([...code.lengths]).toEqual([3, 3, 3, 3, 3, 2, 4, 4]);
  expect(textsOf(code)).toEqual(['010', '011', '100', '101', '110', '00', '1110', '1111']);
});
