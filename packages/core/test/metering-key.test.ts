import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MeteringKey, meteringKey, parseMeteringKey, ValidationError } from '../src/index.ts';
import { caught } from './support/caught.ts';
import { identifier, part, selfId, timestamp } from './support/key-arbitraries.ts';

const page: MeteringKey = {
  timestamp: 1755850380,
  category: 'tidb-server',
  sharedPoolId: 'default-shared-pool',
  selfId: 'tidbserver01',
  part: 0,
};
const pageKey = 'metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz';

/** A page whose key has so many bytes. */
function pageOfKeyBytes(bytes: number): MeteringKey {
  const free = bytes - meteringKey({ ...page, category: 'c' }).length;
  return { ...page, category: `c${'é'.repeat(free >> 1)}${'x'.repeat(free & 1)}` };
}

async function issuesOf(key: unknown) {
  const error = await caught(() => meteringKey(key as MeteringKey));
  expect(error).toBeInstanceOf(ValidationError);
  return (error as ValidationError).issues;
}

describe('meteringKey', () => {
  it('builds the key of a page', () => {
    expect(meteringKey(page)).toBe(pageKey);
    expect(meteringKey({ ...page, part: 12 })).toBe(pageKey.replace('-0.', '-12.'));
  });

  it('is inverse to parseMeteringKey', () => {
    const anyPage = fc.record({
      timestamp,
      category: identifier,
      sharedPoolId: identifier,
      selfId,
      part,
    });
    fc.assert(
      fc.property(anyPage, (key) => {
        expect(parseMeteringKey(meteringKey(key))).toEqual(key);
      }),
    );
  });

  it('names every field that is wrong, at once', async () => {
    const issues = await issuesOf({
      timestamp: 59,
      category: 'a/b',
      sharedPoolId: '..',
      selfId: 'a-b',
      part: -1,
    });
    expect(issues.map(({ path, code }) => [path, code])).toEqual([
      ['timestamp', 'NOT_A_MINUTE'],
      ['category', 'INVALID_CHARACTER'],
      ['sharedPoolId', 'INVALID_CHARACTER'],
      ['selfId', 'INVALID_CHARACTER'],
      ['part', 'OUT_OF_RANGE'],
    ]);
  });

  it.each([
    [undefined, 'REQUIRED'],
    ['0', 'WRONG_TYPE'],
    [0n, 'WRONG_TYPE'],
    [1.5, 'NOT_AN_INTEGER'],
    [Number.NaN, 'NOT_AN_INTEGER'],
    [2 ** 53, 'OUT_OF_RANGE'],
  ])('refuses the part %s as %s', async (value, code) => {
    expect(await issuesOf({ ...page, part: value })).toMatchObject([{ path: 'part', code }]);
  });

  it('refuses what cannot even be put into text as what it is', async () => {
    for (const value of [Symbol('s'), Object.create(null), () => 'x']) {
      expect(await issuesOf({ ...page, category: value })).toMatchObject([
        { path: 'category', code: 'WRONG_TYPE' },
      ]);
    }
  });

  it('takes a key of exactly 1,024 bytes and refuses one more', async () => {
    const longest = pageOfKeyBytes(1024);
    expect(Buffer.byteLength(meteringKey(longest))).toBe(1024);
    expect(parseMeteringKey(meteringKey(longest))).toEqual(longest);
    const tooLong = { ...longest, part: 10 };
    expect(await issuesOf(tooLong)).toMatchObject([{ path: 'key', code: 'TOO_LONG' }]);
    expect(parseMeteringKey(meteringKey(longest).replace('-0.', '-10.'))).toBeUndefined();
  });
});

describe('parseMeteringKey', () => {
  it('reads the key of a page', () => {
    expect(parseMeteringKey(pageKey)).toEqual(page);
  });

  it.each([
    ['empty text', ''],
    ['the prefix alone', 'metering/ru/'],
    ['no file name', 'metering/ru/60/c/p/.json.gz'],
    ['the suffix alone', '.json.gz'],
    ['a leading slash', `/${pageKey}`],
    ['a trailing slash', `${pageKey}/`],
    ['another suffix', pageKey.replace('.gz', '')],
    ['a longer suffix', `${pageKey}.tmp`],
    ['upper case', pageKey.replace('metering', 'Metering')],
    ['a padded timestamp', 'metering/ru/0060/c/p/s-0.json.gz'],
    ['a signed timestamp', 'metering/ru/+60/c/p/s-0.json.gz'],
    ['a negative timestamp', 'metering/ru/-60/c/p/s-0.json.gz'],
    ['the timestamp 0', 'metering/ru/0/c/p/s-0.json.gz'],
    ['a timestamp within a minute', 'metering/ru/61/c/p/s-0.json.gz'],
    ['a timestamp in milliseconds', 'metering/ru/1755850380000/c/p/s-0.json.gz'],
    ['a timestamp beyond 2^53', 'metering/ru/9007199254740993/c/p/s-0.json.gz'],
    ['a timestamp with an exponent', 'metering/ru/6e1/c/p/s-0.json.gz'],
    ['digits that are not ASCII', 'metering/ru/٦٠/c/p/s-0.json.gz'],
    ['a padded part', 'metering/ru/60/c/p/s-007.json.gz'],
    ['no part', 'metering/ru/60/c/p/s-.json.gz'],
    ['no dash', 'metering/ru/60/c/p/s0.json.gz'],
    ['no self id', 'metering/ru/60/c/p/-0.json.gz'],
    ['a self id with a dash', 'metering/ru/60/c/p/a-b-0.json.gz'],
    ['two dashes', 'metering/ru/60/c/p/s--0.json.gz'],
    ['a part beyond 2^53', 'metering/ru/60/c/p/s-9007199254740992.json.gz'],
    ['the older layout without a shared pool', 'metering/ru/60/c/s-0.json.gz'],
    ['one folder more', 'metering/ru/60/c/p/x/s-0.json.gz'],
    ['an empty segment', 'metering/ru/60//p/s-0.json.gz'],
    ['a segment ..', 'metering/ru/60/c/../s-0.json.gz'],
    ['a control character', 'metering/ru/60/c\u0000/p/s-0.json.gz'],
    ['a backslash', 'metering/ru/60/c\\d/p/s-0.json.gz'],
    ['a lone surrogate', 'metering/ru/60/c\ud800/p/s-0.json.gz'],
    ['metadata', 'metering/meta/logic/c/60.json.gz'],
  ])('knows no page under %s', (_, key) => {
    expect(parseMeteringKey(key)).toBeUndefined();
  });

  it('reads only what meteringKey writes, whatever the text', () => {
    const piece = fc.constantFrom(
      '60',
      '0060',
      '120',
      '1',
      'a',
      '-',
      '0',
      '007',
      '/',
      '..',
      'é',
      ' ',
    );
    const anyText = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const around = anyText.map((text) => `metering/ru/60/${text}.json.gz`);
    fc.assert(
      fc.property(fc.oneof(around, fc.string({ unit: 'binary' })), (key) => {
        const parsed = parseMeteringKey(key);
        if (parsed !== undefined) expect(meteringKey(parsed)).toBe(key);
      }),
    );
  });
});
