import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MinuteRanges } from '../../src/lib/ranges/follow/minute-ranges.ts';

const minute = fc.nat(30).map((index) => 60 * index);

describe('ranges of minutes', () => {
  it('hold what a plain set holds, as the fewest ranges in order', () => {
    fc.assert(
      fc.property(fc.array(minute), minute, fc.array(minute), (added, dropped, later) => {
        const ranges = new MinuteRanges();
        for (const one of added) ranges.add(one);
        ranges.dropBefore(dropped);
        const kept = new MinuteRanges(ranges.toArray());
        for (const one of later) kept.add(one);
        const plain = new Set([...added.filter((one) => one >= dropped), ...later]);
        for (let one = 0; one <= 1800; one += 60) expect(kept.has(one)).toBe(plain.has(one));
        expect(kept.isEmpty).toBe(plain.size === 0);
        const begins = [...plain].filter((one) => !plain.has(one - 60)).sort((a, b) => a - b);
        const ends = [...plain].filter((one) => !plain.has(one + 60)).sort((a, b) => a - b);
        expect(kept.toArray()).toEqual(
          begins.map((begin, index) => [begin, (ends[index] ?? 0) + 60]),
        );
      }),
    );
  });
});
