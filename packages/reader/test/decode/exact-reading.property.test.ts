import type { JsonValue } from '@metering/core';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/lib/pages/decode-page.ts';
import { PageTexts } from '../../src/lib/pages/scan/page-texts.ts';
import {
  readExactly,
  readFast,
  readPlain,
  spelledOut,
  sumFast,
  sumRecords,
  WANTED,
} from './support/page-bytes.ts';
import { anyPage, damagedPage, plainPage } from './support/page-text.ts';

/** More runs by hand: `FUZZ_FACTOR=100 npx vitest run …` */
const FACTOR = Number(process.env.FUZZ_FACTOR ?? 1);
const TIMEOUT_MS = 60_000 * FACTOR;

const anyBytes = fc.oneof(
  anyPage.map((page) => Buffer.from(page)),
  damagedPage,
);
/** Where chunks end. */
const offsets = fc.array(fc.nat({ max: 1200 }), { maxLength: 4 });
/** As in a process that reads many pages. */
const shared = new PageTexts();

function expectSameReading(json: Uint8Array, at: readonly number[]): void {
  const exact = readExactly(json);
  for (const texts of [new PageTexts(), shared]) {
    const fast = readFast(json, at, texts);
    expect(fast?.parts).toBe(exact?.parts);
    expect(spelledOut(fast?.data)).toEqual(spelledOut(exact?.data));
  }
}

describe('the fast reading of a page', () => {
  it(
    'is that of the exact parser: same records, same order of keys, same refusals',
    () => {
      const property = fc.property(anyPage, offsets, (page, at) => {
        expectSameReading(Buffer.from(page), at);
      });
      fc.assert(property, { numRuns: 1500 * FACTOR });
    },
    TIMEOUT_MS,
  );

  it(
    'refuses damaged pages just where the exact parser does',
    () => {
      const property = fc.property(damagedPage, offsets, expectSameReading);
      fc.assert(property, { numRuns: 2500 * FACTOR });
    },
    TIMEOUT_MS,
  );

  it(
    'of a plain page at once is that of the exact parser, or leaves it to that',
    () => {
      const property = fc.property(anyBytes, (json) => {
        const exact = readExactly(json);
        for (const texts of [new PageTexts(), shared]) {
          const plain = readPlain(json, texts);
          if (plain === undefined) continue;
          expect(plain.parts).toBe(exact?.parts);
          expect(spelledOut(plain.data)).toEqual(spelledOut(exact?.data));
        }
      });
      fc.assert(property, { numRuns: 4000 * FACTOR });
    },
    TIMEOUT_MS,
  );

  it(
    'does not depend on where a chunk ends',
    () => {
      const property = fc.property(plainPage, (page) => {
        const json = Buffer.from(page);
        const whole = spelledOut(readFast(json, [])?.data);
        for (let at = 0; at <= json.length; at++) {
          expect(spelledOut(readFast(json, [at], shared)?.data)).toEqual(whole);
        }
      });
      fc.assert(property, { numRuns: 30 * FACTOR });
    },
    TIMEOUT_MS,
  );

  it(
    'does not depend on how many chunks there are',
    () => {
      const property = fc.property(anyPage, (page) => {
        const json = Buffer.from(page);
        expectSameReading(json, Array.from(json.keys()));
      });
      fc.assert(property, { numRuns: 200 * FACTOR });
    },
    TIMEOUT_MS,
  );

  it(
    'is that of lossless-json, digit by digit, and refuses more only for reasons of ours',
    () => {
      const property = fc.property(anyBytes, (json) => {
        const data = readFast(json, [], shared)?.data;
        const theirs = readLossless(json);
        if (data !== undefined) expect(spelledOut(data)).toEqual(spelledOut(theirs));
        else if (theirs !== undefined) expect(whyRefused(json)).toMatch(OUR_REASONS);
      });
      fc.assert(property, { numRuns: 1500 * FACTOR });
    },
    TIMEOUT_MS,
  );
});

describe('the sums of a page', () => {
  it.each([
    ['over all clusters', false],
    ['by cluster', true],
  ])(
    '%s are those of the exact parser’s records, and refused where they are',
    (_what, byCluster) => {
      const property = fc.property(anyBytes, offsets, (json, at) => {
        const exact = readExactly(json);
        const expected = exact && sumRecords(exact.data, byCluster);
        expect(sumFast(json, at, byCluster, shared)).toEqual(expected);
        expect(sumFast(json, at, byCluster, new PageTexts())).toEqual(expected);
      });
      fc.assert(property, { numRuns: 1000 * FACTOR });
    },
    TIMEOUT_MS,
  );
});

/** What we refuse and lossless-json takes: what it reads with a loss, and what is JSON but no page. */
const OUR_REASONS = /twice|surrogate|UTF-8|too large|^UNEXPECTED_SHAPE/;

/** The records as lossless-json reads them, null as none; undefined where it refuses them. */
function readLossless(json: Uint8Array): JsonValue | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(json);
  try {
    const page = parse(text, null, exactNumber) as { readonly data?: JsonValue } | null;
    return page?.data === undefined || page.data === null ? [] : page.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function exactNumber(digits: string): number | bigint {
  const isInteger = /^-?\d+$/.test(digits);
  const value = Number(digits);
  return isInteger && !Number.isSafeInteger(value) ? BigInt(digits) : value;
}

function whyRefused(json: Uint8Array): string {
  try {
    decodeBody(json, WANTED.key, WANTED.meant);
    return 'it is not';
  } catch (error) {
    return `${(error as { code: string }).code} ${(error as Error).message}`;
  }
}
