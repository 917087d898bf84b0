import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackMember } from '../../src/lib/gzip/unpack-member.ts';
import { type Coded, DeflateBits, type DynamicBlock, lengthsOf } from './support/deflate-bits.ts';
import { gzipFile, zlibContent } from './support/gzip-files.ts';

const MAX = 1_000_000;
const A: Coded = [97];
const B: Coded = [98];
const END: Coded = [256];
const THREE: Coded = [257];
const LONGEST: Coded = [285];

/** Codes for `a`, `b`, the end and a match of three bytes. */
const BLOCK: DynamicBlock = {
  literals: lengthsOf(258, { 97: 2, 98: 2, 256: 2, 257: 2 }),
  distances: [1, 1],
  symbols: [A, B, THREE, [1], THREE, [0], END],
};
const CONTENT = 'ababaaaa';

/** What the header lists of `BLOCK`, up to the last length but one. */
const LISTED: readonly Coded[] = [
  [18, 97 - 11, 7],
  [2],
  [2],
  [18, 138 - 11, 7],
  [18, 19 - 11, 7],
  [2],
  [2],
  [1],
];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

function dynamicFile(block: Partial<DynamicBlock>, content = CONTENT): Buffer {
  return gzipFile(new DeflateBits().dynamic(true, { ...BLOCK, ...block }).bytes(), latin1(content));
}

function fixedFile(symbols: readonly Coded[], content: string): Buffer {
  return gzipFile(new DeflateBits().fixed(true, symbols).bytes(), latin1(content));
}

/** A code in which each symbol has a bit more than the one before; the last two are alike. */
function staircase(symbols: readonly number[]): Record<number, number> {
  const longest = symbols.length - 1;
  return Object.fromEntries(symbols.map((symbol, at) => [symbol, Math.min(at + 1, longest)]));
}

/** Literals with codes of up to so many bits. The longest are those of `y` and `z`. */
function literalsUpTo(bits: number): number[] {
  const others = Array.from({ length: bits - 4 }, (_, at) => 100 + at);
  return lengthsOf(286, staircase([285, 97, 256, ...others, 121, 122]));
}

/** Distances with codes of up to so many bits. The longest are those of the symbols 28 and 29. */
function distancesUpTo(bits: number): number[] {
  const others = Array.from({ length: bits - 1 }, (_, at) => at);
  return lengthsOf(30, staircase([...others, 28, 29]));
}

function expectRead(file: Buffer, content: string): void {
  expect(zlibContent(file)).toEqual(latin1(content));
  expect(unpackMember(file, MAX)).toEqual(latin1(content));
}

function expectLeftToZlib(file: Buffer, content: string): void {
  expect(zlibContent(file)).toEqual(latin1(content));
  expect(unpackMember(file, MAX)).toBeUndefined();
}

/** Neither reads it, though its trailer is that of what a careless reader would find. */
function expectRefused(file: Buffer): void {
  expect(zlibContent(file)).toBeUndefined();
  expect(unpackMember(file, MAX)).toBeUndefined();
}

describe('what is read', () => {
  it('is a block with codes of its own', () => {
    expectRead(dynamicFile({}), CONTENT);
  });

  it('is a block whose code lengths are told by runs, one of them across both codes', () => {
    expectRead(dynamicFile({ listed: [...LISTED, [1]] }), CONTENT);
    const literals = lengthsOf(258, { 97: 1, 256: 2, 257: 2 });
    const distances = [2, 2, 2, 2];
    const listed: Coded[] = [
      [18, 97 - 11, 7],
      [1],
      [18, 138 - 11, 7],
      [18, 20 - 11, 7],
      [2],
      [16, 2, 2],
    ];
    const symbols = [A, THREE, [0] as Coded, END];
    expectRead(dynamicFile({ literals, distances, listed, symbols }, 'aaaa'), 'aaaa');
  });

  it('are fixed codes', () => {
    expectRead(fixedFile([A, [200], B, THREE, [1], END], 'a\xc8b\xc8b\xc8'), 'a\xc8b\xc8b\xc8');
    expectRead(fixedFile([END], ''), '');
  });

  it('are several blocks, of which one refers back to another', () => {
    const bits = new DeflateBits().dynamic(false, BLOCK).fixed(false, [END]);
    bits.dynamic(false, { ...BLOCK, symbols: [THREE, [1], END] }).fixed(true, [B, END]);
    expectRead(gzipFile(bits.bytes(), latin1(`${CONTENT}aaab`)), `${CONTENT}aaab`);
  });

  it('are two codes of 12 bits at once, and a distance of 11 with 13 extra bits', () => {
    const filling: Coded[] = [A];
    for (let match = 0; match < 96; match++) filling.push(LONGEST, [0]);
    const symbols: Coded[] = [...filling, [121], [122], [121], LONGEST, [28, 8191, 13], END];
    const literals = literalsUpTo(12);
    const content = `${'a'.repeat(1 + 96 * 258)}yzy${'a'.repeat(258)}`;
    const file = dynamicFile({ literals, distances: distancesUpTo(11), symbols }, content);
    expectRead(file, content);
  });
});

describe('what zlib reads and is left to it', () => {
  it('is a stored block', () => {
    expectLeftToZlib(gzipFile(deflateRawSync('abc', { level: 0 }), latin1('abc')), 'abc');
  });

  it('is a code of more than 12 bits, or 11 for distances', () => {
    const symbols = [A, END];
    const literals = literalsUpTo(13);
    expectLeftToZlib(dynamicFile({ literals, symbols }, 'a'), 'a');
    const distances = distancesUpTo(12);
    expectLeftToZlib(dynamicFile({ literals: literalsUpTo(12), distances, symbols }, 'a'), 'a');
  });

  it('is a code of one distance, or of none, which is not complete', () => {
    expectLeftToZlib(
      dynamicFile({ distances: [1], symbols: [A, THREE, [0], END] }, 'aaaa'),
      'aaaa',
    );
    expectLeftToZlib(dynamicFile({ distances: [0], symbols: [A, END] }, 'a'), 'a');
  });

  it('is what has more content than may be', () => {
    const file = dynamicFile({});
    expect(unpackMember(file, CONTENT.length)).toEqual(latin1(CONTENT));
    expect(unpackMember(file, CONTENT.length - 1)).toBeUndefined();
  });

  it('is what has more content than 32 KB', () => {
    for (const [matches, isRead] of [
      [127, true],
      [128, false],
    ] as const) {
      const symbols: Coded[] = [A];
      for (let match = 0; match < matches; match++) symbols.push(LONGEST, [0]);
      const content = 'a'.repeat(1 + matches * 258);
      const file = fixedFile([...symbols, END], content);
      if (isRead) expectRead(file, content);
      else expectLeftToZlib(file, content);
    }
  });
});

describe('codes are refused', () => {
  it.each([
    ['that give the same bits twice', { 97: 2, 98: 2, 99: 2, 256: 2, 257: 2 }],
    ['that give the same bits twice to longer codes', { 97: 2, 98: 2, 256: 2, 257: 2, 99: 5 }],
    ['that leave bits to no symbol', { 97: 2, 98: 2, 256: 2, 257: 3 }],
  ])('for literals, %s', (_what, lengths) => {
    expectRefused(dynamicFile({ literals: lengthsOf(258, lengths) }));
  });

  it.each([
    ['that give the same bits twice', [1, 1, 1]],
    ['that leave bits to no symbol', [1, 2]],
  ])('for distances, %s', (_what, distances) => {
    expectRefused(dynamicFile({ distances }));
  });

  it.each([
    ['that give the same bits twice', { 0: 2, 1: 2, 2: 1, 18: 2 }],
    ['that leave bits to no symbol', { 0: 2, 1: 2, 2: 2, 18: 3 }],
    ['that are none', {}],
  ])('for code lengths, %s', (_what, lengths) => {
    const lengthCode = lengthsOf(19, lengths);
    expectRefused(dynamicFile({ lengthCode, listed: [...LISTED, [1]] }));
  });

  it('for more literals and lengths than there are', () => {
    const { literals } = BLOCK;
    const padded = (size: number) => ({ literals: [...literals, ...lengthsOf(size - 258, {})] });
    expectRead(dynamicFile(padded(286)), CONTENT);
    expectRefused(dynamicFile(padded(287)));
    expectRefused(dynamicFile(padded(288)));
  });

  it('for more distances than there are', () => {
    const padded = (size: number) => ({ distances: [1, 1, ...lengthsOf(size - 2, {})] });
    expectRead(dynamicFile(padded(30)), CONTENT);
    expectRefused(dynamicFile(padded(31)));
    expectRefused(dynamicFile(padded(32)));
  });

  it('whose first length is that of the one before', () => {
    const listed: Coded[] = [[16, 0, 2], [18, 94 - 11, 7], ...LISTED.slice(1), [1]];
    expectRefused(dynamicFile({ listed }));
  });

  it.each([
    ['of zeros', [[17, 0, 3]]],
    ['of many zeros', [[18, 0, 7]]],
    ['of the length before', [[0], [16, 0, 2]]],
  ] as [string, Coded[]][])(
    'whose last lengths are a run %s beyond the last symbol',
    (_what, run) => {
      const distances = [1, 1, 0, 0];
      expectRead(dynamicFile({ distances, listed: [...LISTED, [1], [0], [0]] }), CONTENT);
      expectRefused(dynamicFile({ distances, listed: [...LISTED, [1], ...run] }));
    },
  );

  it('without one for the end', () => {
    const literals = lengthsOf(258, { 97: 2, 98: 2, 99: 2, 257: 2 });
    expectRefused(dynamicFile({ literals, symbols: [A, B, THREE, [1], THREE, [0]] }));
  });
});

describe('symbols are refused', () => {
  it('of a distance that begins before the content', () => {
    const read = fixedFile([A, B, THREE, [1], END], 'ababa');
    expectRead(read, 'ababa');
    expectRefused(fixedFile([A, THREE, [1], END], 'a\0a\0'));
    expectRefused(fixedFile([THREE, [0], END], '\0\0\0'));
  });

  it.each([286, 287])('of the length %i, which does not exist', (symbol) => {
    for (const [content, length] of [
      ['a', 0],
      ['aa', 1],
    ] as const) {
      expect(content).toHaveLength(1 + length);
      expectRefused(fixedFile([A, [symbol], [0], END], content));
    }
  });

  it.each([30, 31])('of the distance %i, which does not exist', (symbol) => {
    expectRefused(fixedFile([A, THREE, [symbol], END], 'aaaa'));
    expectRefused(fixedFile([A, THREE, [symbol], END], 'a\0\0\0'));
  });

  it('of a block that is none', () => {
    expectRefused(gzipFile(new DeflateBits().add(1, 1).add(3, 2).add(0, 29).bytes(), latin1('')));
  });
});

describe('a trailer is refused', () => {
  const deflated = new DeflateBits().fixed(true, [A, B, THREE, [1], END]).bytes();
  const content = latin1('ababa');

  it.each([
    ['less content', -1],
    ['more content', 1],
    ['none', -5],
    ['a content of 4 GiB and that', 2 ** 32 - 5 - 5],
  ])('that says it is %s', (_what, difference) => {
    const size = content.length + difference;
    expectRefused(gzipFile(deflated, content, size));
    expectRefused(gzipFile(deflated, content.subarray(0, size), size));
  });

  it('that says it is less content than there are literals', () => {
    expectRead(fixedFile([A, B, END], 'ab'), 'ab');
    expectRefused(fixedFile([A, B, END], 'a'));
    expectRefused(fixedFile([A, B, END], ''));
  });

  it('with the checksum of another content', () => {
    expectRefused(gzipFile(deflated, latin1('ababb')));
  });

  it('that does not follow at once, or that begins too early', () => {
    const file = gzipFile(deflated, content);
    expectRead(file, 'ababa');
    expectRefused(gzipFile(Buffer.concat([deflated, Buffer.alloc(1)]), content));
    expectRefused(Buffer.concat([file, file.subarray(-8)]));
    expectRefused(gzipFile(deflated.subarray(0, -1), content));
  });
});

describe('a header', () => {
  const file = fixedFile([A, END], 'a');
  const withByte = (at: number, value: number): Buffer => {
    const changed = Buffer.from(file);
    changed[at] = value;
    return changed;
  };

  it.each([
    [0, 0x1e],
    [1, 0x8a],
    [2, 7],
    [3, 0x20],
    [3, 0x80],
  ])('is refused where its byte %i is %i', (at, value) => {
    expectRefused(withByte(at, value));
  });

  it('that says it is of text is left to zlib', () => {
    expectLeftToZlib(withByte(3, 1), 'a');
  });

  it.each([4, 5, 6, 7, 8, 9])('may have anything in its byte %i', (at) => {
    expectRead(withByte(at, 0xff), 'a');
  });
});
