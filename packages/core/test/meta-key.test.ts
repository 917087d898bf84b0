import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetaKey, metaKey, parseMetaKey, ValidationError } from '../src/index.ts';
import { caught } from './support/caught.ts';
import { identifier } from './support/key-arbitraries.ts';

const cluster: MetaKey = { type: 'logic', clusterId: 'lc-1', modifyTs: 1755850380 };
const clusterKey = 'metering/meta/logic/lc-1/1755850380.json.gz';

async function issuesOf(key: unknown) {
  const error = await caught(() => metaKey(key as MetaKey));
  expect(error).toBeInstanceOf(ValidationError);
  return (error as ValidationError).issues;
}

describe('metaKey', () => {
  it('builds the key of a metadata file, with and without category', () => {
    expect(metaKey(cluster)).toBe(clusterKey);
    expect(metaKey({ ...cluster, category: 'tidb' })).toBe(
      'metering/meta/logic/tidb/lc-1/1755850380.json.gz',
    );
    expect(metaKey({ ...cluster, type: 'sharedpool', modifyTs: 0 })).toBe(
      'metering/meta/sharedpool/lc-1/0.json.gz',
    );
  });

  it('takes an empty category for none', () => {
    expect(metaKey({ ...cluster, category: '' })).toBe(clusterKey);
    expect(metaKey({ ...cluster, category: undefined })).toBe(clusterKey);
  });

  it('is inverse to parseMetaKey', () => {
    const anyKey = fc.record(
      {
        type: fc.constantFrom('logic', 'sharedpool'),
        category: identifier,
        clusterId: identifier,
        modifyTs: fc.maxSafeNat(),
      },
      { requiredKeys: ['type', 'clusterId', 'modifyTs'] },
    );
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(parseMetaKey(metaKey(key))).toEqual(key);
      }),
    );
  });

  it('names every field that is wrong, at once', async () => {
    const key = { type: 'logical', category: '.', clusterId: '', modifyTs: 1.5 };
    expect((await issuesOf(key)).map(({ path, code }) => [path, code])).toEqual([
      ['clusterId', 'REQUIRED'],
      ['type', 'NOT_ONE_OF'],
      ['category', 'INVALID_CHARACTER'],
      ['modifyTs', 'NOT_AN_INTEGER'],
    ]);
    const [, type] = await issuesOf(key);
    expect(type?.message).toBe('must be "logic" or "sharedpool", got "logical"');
  });

  it.each([0, 1, 2 ** 31, 2 ** 53 - 1])('takes the time %d', (modifyTs) => {
    expect(parseMetaKey(metaKey({ ...cluster, modifyTs }))).toEqual({ ...cluster, modifyTs });
  });

  it.each([
    [undefined, 'REQUIRED'],
    ['1', 'WRONG_TYPE'],
    [1n, 'WRONG_TYPE'],
    [new Date(), 'WRONG_TYPE'],
    [-1, 'OUT_OF_RANGE'],
    [2 ** 53, 'OUT_OF_RANGE'],
    [0.5, 'NOT_AN_INTEGER'],
    [Number.NaN, 'NOT_AN_INTEGER'],
    [Number.POSITIVE_INFINITY, 'NOT_AN_INTEGER'],
  ])(
    'refuses the time %s as %s, for a negative one was written and never found',
    async (value, code) => {
      expect(await issuesOf({ ...cluster, modifyTs: value })).toMatchObject([
        { path: 'modifyTs', code },
      ]);
    },
  );

  it('refuses a category that is no text', async () => {
    expect(await issuesOf({ ...cluster, category: null })).toMatchObject([
      { path: 'category', code: 'WRONG_TYPE' },
    ]);
  });

  it('takes a key of exactly 1,024 bytes and refuses one more', async () => {
    const free = 1024 - clusterKey.length;
    const longest = { ...cluster, clusterId: `lc-1${'x'.repeat(free)}` };
    expect(metaKey(longest)).toHaveLength(1024);
    expect(parseMetaKey(metaKey(longest))).toEqual(longest);
    const tooLong = { ...longest, clusterId: `${longest.clusterId}x` };
    expect(await issuesOf(tooLong)).toMatchObject([{ path: 'key', code: 'TOO_LONG' }]);
    expect(parseMetaKey(clusterKey.replace('lc-1', tooLong.clusterId))).toBeUndefined();
  });
});

describe('parseMetaKey', () => {
  it('tells a category from a cluster by the depth of the key alone, where names are the same', () => {
    expect(parseMetaKey('metering/meta/logic/x/60.json.gz')).toEqual({
      type: 'logic',
      clusterId: 'x',
      modifyTs: 60,
    });
    expect(parseMetaKey('metering/meta/logic/x/y/60.json.gz')).toEqual({
      type: 'logic',
      category: 'x',
      clusterId: 'y',
      modifyTs: 60,
    });
  });

  it.each([
    ['empty text', ''],
    ['the prefix alone', 'metering/meta/'],
    ['no cluster', 'metering/meta/logic/60.json.gz'],
    ['no type', 'metering/meta/x/60.json.gz'],
    ['another type', 'metering/meta/logical/x/60.json.gz'],
    ['one folder more', 'metering/meta/logic/a/b/c/60.json.gz'],
    ['an empty category', 'metering/meta/logic//x/60.json.gz'],
    ['an empty cluster', 'metering/meta/logic//60.json.gz'],
    ['a segment ..', 'metering/meta/logic/../x/60.json.gz'],
    ['a padded time', 'metering/meta/logic/x/060.json.gz'],
    ['a negative time', 'metering/meta/logic/x/-60.json.gz'],
    ['a time beyond 2^53 - 1', 'metering/meta/logic/x/9007199254740992.json.gz'],
    ['no time', 'metering/meta/logic/x/.json.gz'],
    ['another suffix', 'metering/meta/logic/x/60.json'],
    ['a leading slash', `/${clusterKey}`],
    ['a control character', 'metering/meta/logic/x\u0085/60.json.gz'],
    ['a page', 'metering/ru/60/c/p/s-0.json.gz'],
  ])('knows no metadata under %s', (_, key) => {
    expect(parseMetaKey(key)).toBeUndefined();
  });

  it('reads only what metaKey writes, whatever the text', () => {
    const piece = fc.constantFrom(
      'logic',
      'sharedpool',
      '60',
      '060',
      'a',
      '/',
      '..',
      'é',
      '.',
      '0',
    );
    const anyText = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(anyText, (text) => {
        const key = `metering/meta/logic/${text}.json.gz`;
        const parsed = parseMetaKey(key);
        if (parsed !== undefined) expect(metaKey(parsed)).toBe(key);
      }),
    );
  });
});
