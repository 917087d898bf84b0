import { createMemoryStorage, type MeteringKey, ValidationError, withPrefix } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type PageQuery, type SkippedKey } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { MINUTE, PAGE, PAGE_KEY, putPage } from './support/files.ts';
import { recordingLogger } from './support/recording-logger.ts';

function setUp() {
  const storage = new CountingStorage(createMemoryStorage());
  const logger = recordingLogger();
  const skipped: SkippedKey[] = [];
  const onSkipped = (key: SkippedKey) => void skipped.push(key);
  return { storage, logger, skipped, reader: createMeteringReader({ storage, logger, onSkipped }) };
}

describe('list', () => {
  it('tells everything of a page but its records', async () => {
    const { storage, reader } = setUp();
    await putPage(storage);
    const { size } = await storage.head(PAGE_KEY);
    expect(await collect(reader.list({ timestamp: MINUTE }))).toEqual([
      { key: PAGE_KEY, ...PAGE, size },
    ]);
    expect(storage.gets).toEqual([]);
  });

  it('gives keys relative to the prefix, which the reference leaves on and then skips every file', async () => {
    const storage = withPrefix(createMemoryStorage(), 'tenant');
    await putPage(storage);
    const reader = createMeteringReader({ storage });
    const [page] = await collect(reader.list({ timestamp: MINUTE }));
    expect(page?.key).toBe(PAGE_KEY);
    expect(await reader.read(page as { key: string })).toMatchObject({ key: PAGE_KEY });
  });

  it('gives the pages of a set by number, 10 after 2', async () => {
    const { storage, reader } = setUp();
    for (const selfId of ['n1', 'n', 'n10']) {
      for (const part of [11, 2, 0, 10, 1, 3]) await putPage(storage, { selfId, part });
    }
    const pages = await collect(reader.list({ timestamp: MINUTE }));
    const parts = [0, 1, 2, 3, 10, 11];
    const expected = ['n', 'n1', 'n10'].flatMap((selfId) => parts.map((part) => [selfId, part]));
    expect(pages.map(({ selfId, part }) => [selfId, part])).toEqual(expected);
  });

  const CATEGORIES = ['a', 'a-b', 'b'];
  const POOLS = ['p', 'p1'];
  const IDS = ['n', 'n1'];
  const filters: Omit<PageQuery, 'timestamp'>[] = [undefined, ...CATEGORIES].flatMap((category) =>
    [undefined, ...POOLS].flatMap((sharedPoolId) =>
      [undefined, ...IDS].map((selfId) => ({ category, sharedPoolId, selfId })),
    ),
  );

  it.each(filters)('filters by %j', async (filter) => {
    const { storage, reader } = setUp();
    const all: MeteringKey[] = [];
    for (const timestamp of [MINUTE - 60, MINUTE, MINUTE + 60]) {
      for (const category of CATEGORIES) {
        for (const sharedPoolId of POOLS) {
          for (const selfId of IDS) {
            const page = { timestamp, category, sharedPoolId, selfId, part: 0 };
            await putPage(storage, page);
            all.push(page);
          }
        }
      }
    }
    const query = { timestamp: MINUTE, ...filter };
    const wanted = Object.entries(query).filter(([, value]) => value !== undefined);
    const expected = all.filter((page) =>
      wanted.every(([field, value]) => page[field as 'part'] === value),
    );
    const pages = await collect(reader.list(query));
    const found = pages.map(({ key: _key, size: _size, ...page }) => page);
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('asks only for keys that the filters can match', async () => {
    const { storage, reader } = setUp();
    for (let index = 0; index < 2500; index++) {
      await putPage(storage, { category: 'many', selfId: `n${index}` });
    }
    await putPage(storage, { category: 'one' });
    storage.reset();
    expect(await collect(reader.list({ timestamp: MINUTE, category: 'one' }))).toHaveLength(1);
    expect(storage.lists).toBe(1);
  });

  it('is lazy: who leaves early has caused one request', async () => {
    const { storage, reader } = setUp();
    for (let index = 0; index < 2500; index++) await putPage(storage, { selfId: `n${index}` });
    storage.reset();
    for await (const page of reader.list({ timestamp: MINUTE })) {
      expect(page.selfId).toBe('n0');
      break;
    }
    expect(storage.lists).toBe(1);
  });

  const folder = `metering/ru/${MINUTE}`;
  it.each([
    [`${folder}/c/n1-0.json.gz`, 'older layout, without a shared pool'],
    [`${folder}/c/p/n1-007.json.gz`, 'page number "007" has leading zeros'],
    [`${folder}/c/p/n1-x.json.gz`, 'page number "x" is not a decimal number'],
    [`${folder}/c/p/n1-.json.gz`, 'page number "" is not a decimal number'],
    [`${folder}/c/p/n1-99999999999999999.json.gz`, 'page number "99999999999999999" is too large'],
    [`${folder}/c/p/my-host-0.json.gz`, 'instance id must not contain "-"'],
    [`${folder}/c/p/-0.json.gz`, 'instance id must not be empty'],
    [`${folder}/c/p/n1.json.gz`, 'has no "-" before a page number'],
    [`${folder}/c/p/extra/n1-0.json.gz`, 'has 5 segments after metering/ru/ instead of 4'],
    [`${folder}/c/readme.json.gz`, 'has 3 segments after metering/ru/ instead of 4'],
    [`${folder}/c\\d/p/n1-0.json.gz`, 'category must not contain a backslash'],
    [`${folder}/c/p\\q/n1-0.json.gz`, 'shared pool must not contain a backslash'],
    [`${folder}/c/p/n1-0.json`, 'does not end with .json.gz'],
    [`${folder}/c/p/n1-0.json.gz.tmp`, 'does not end with .json.gz'],
  ])('skips %s and says why: a skipped page is lost usage', async (key, reason) => {
    const { storage, reader, logger, skipped } = setUp();
    await storage.put(key, new Uint8Array(1));
    await putPage(storage);
    expect(await collect(reader.list({ timestamp: MINUTE }))).toHaveLength(1);
    expect(skipped).toEqual([{ key, reason: expect.stringContaining(reason) }]);
    expect(logger.warnings).toEqual([
      { details: skipped[0], message: 'Skipped a key that is no metering page' },
    ]);
  });

  it.each([
    [{}, ['timestamp']],
    [null, ['timestamp']],
    [{ timestamp: 59 }, ['timestamp']],
    [{ timestamp: 0 }, ['timestamp']],
    [{ timestamp: -60 }, ['timestamp']],
    [{ timestamp: 60.5 }, ['timestamp']],
    [{ timestamp: new Date(MINUTE * 1000) }, ['timestamp']],
    [{ timestamp: MINUTE * 1000 }, ['timestamp']],
    [
      { timestamp: MINUTE, category: '', sharedPoolId: '..', selfId: 'a-b' },
      ['category', 'sharedPoolId', 'selfId'],
    ],
    [{ timestamp: MINUTE, category: 'a/b' }, ['category']],
    [{ timestamp: MINUTE, selfId: 5 }, ['selfId']],
  ])(
    'refuses the query %j, naming every field, and asks the storage nothing',
    async (query, paths) => {
      const { storage, reader } = setUp();
      const error = await collect(reader.list(query as PageQuery)).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).issues.map(({ path }) => path)).toEqual(paths);
      expect(storage.lists).toBe(0);
    },
  );

  it('says that milliseconds look like milliseconds', async () => {
    const { reader } = setUp();
    const listing = collect(reader.list({ timestamp: MINUTE * 1000 }));
    await expect(listing).rejects.toThrow('this looks like milliseconds');
  });

  it.each([
    ['of many sets', ['n1', 'n2', 'n3'].map((selfId) => ({ selfId }))],
    ['of one set', [0, 1, 2].map((part) => ({ part }))],
  ])('rejects with the reason of an abort between pages %s', async (_what, stored) => {
    const { storage, reader } = setUp();
    for (const page of stored) await putPage(storage, page);
    const controller = new AbortController();
    const reason = new Error('stop');
    const pages = reader.list({ timestamp: MINUTE }, { signal: controller.signal });
    const iterator = pages[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort(reason);
    await expect(collect({ [Symbol.asyncIterator]: () => iterator })).rejects.toBe(reason);
  });
});

describe('categories', () => {
  it('names each category that has a page once, in the order of UTF-8', async () => {
    const { storage, reader } = setUp();
    const names = ['a', 'a-b', 'a0', 'B', '\u{ff5e}', '\u{10000}'];
    for (const category of names) {
      for (const selfId of ['n1', 'n2']) await putPage(storage, { category, selfId });
    }
    await putPage(storage, { timestamp: MINUTE + 60, category: 'later' });
    expect(await reader.categories(MINUTE)).toEqual([
      'B',
      'a',
      'a-b',
      'a0',
      '\u{ff5e}',
      '\u{10000}',
    ]);
  });

  it('counts only real pages', async () => {
    const { storage, reader, skipped } = setUp();
    await storage.put(`metering/ru/${MINUTE}/older/n1-0.json.gz`, new Uint8Array(1));
    await putPage(storage);
    expect(await reader.categories(MINUTE)).toEqual(['tidb-server']);
    expect(skipped).toHaveLength(1);
  });

  it('refuses what is no minute', async () => {
    await expect(setUp().reader.categories(59)).rejects.toBeInstanceOf(ValidationError);
  });
});
