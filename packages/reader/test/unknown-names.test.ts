import { createMemoryStorage, ValidationError } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMetaReader, createMeteringReader } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { MINUTE, PAGE_KEY, putPage } from './support/files.ts';

const storage = createMemoryStorage();
const META_KEY = 'metering/meta/logic/c1/1.json.gz';
const DAY = { from: MINUTE, to: MINUTE + 86_400 };

describe('a reader with an option that there is not is a TypeError when it is made', () => {
  it.each<[string, () => unknown, string]>([
    [
      'of pages',
      () => createMeteringReader({ storage, chache: {} } as never),
      'createMeteringReader: there is no option chache, only storage, concurrency, maxPageBytes,',
    ],
    [
      'of pages, of what openMetering gives',
      () => createMeteringReader({ storage, sharedPoolId: 'p' } as never),
      'createMeteringReader: there is no option sharedPoolId, only storage,',
    ],
    [
      'of metadata',
      () => createMetaReader({ storage, chache: {} } as never),
      'createMetaReader: there is no option chache, only storage, cache, logger, onEvent',
    ],
    [
      'of metadata, of its cache',
      () => createMetaReader({ storage, cache: { maxByte: 1 } as never }),
      'createMetaReader: cache: there is no option maxByte, only maxBytes, storage, listingMaxAgeMs',
    ],
    [
      'of metadata, of a cache that was not awaited',
      () => createMetaReader({ storage, cache: Promise.resolve({ maxBytes: 1 }) as never }),
      'createMetaReader: cache: options must be an object, got a Promise',
    ],
  ])('%s', (_, create, message) => {
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
  });
});

function setUp() {
  const asked = new CountingStorage(createMemoryStorage());
  return {
    asked,
    pages: createMeteringReader({ storage: asked }),
    meta: createMetaReader({ storage: asked }),
  };
}

type Readers = ReturnType<typeof setUp>;
type Call = (readers: Readers, query: never, options?: never) => unknown;

/** The calls that take a query, and one that is right. */
const QUERIES: readonly [string, Call, object][] = [
  ['list', ({ pages }, query, options) => pages.list(query, options), { timestamp: MINUTE }],
  ['scan', ({ pages }, query, options) => pages.scan(query, options), DAY],
  ['records', ({ pages }, query, options) => pages.records(query, options), DAY],
  ['totals', ({ pages }, query, options) => pages.totals(query, options), { ...DAY, by: 'day' }],
  ['sets', ({ pages }, query, options) => pages.sets(query, options), DAY],
  ['gaps', ({ pages }, query, options) => pages.gaps(query, options), DAY],
  ['follow', ({ pages }, query, options) => pages.follow(query, options), { from: MINUTE }],
  ['read', ({ meta }, query, options) => meta.read(query, options), { clusterId: 'c1', at: 1 }],
  [
    'versions',
    ({ meta }, query, options) => meta.versions(query, options),
    { clusterId: 'c1', type: 'logic' },
  ],
];

/** The other calls, and what they are about. */
const OTHERS: readonly [string, Call, unknown][] = [
  ['categories', ({ pages }, minute, options) => pages.categories(minute, options), MINUTE],
  ['read', ({ pages }, key, options) => pages.read(key, options), PAGE_KEY],
  ['readMany', ({ pages }, keys, options) => pages.readMany(keys, options), [PAGE_KEY]],
  ['readFile', ({ meta }, key, options) => meta.readFile(key, options), META_KEY],
];

/** What a call rejects with, at once or at its first step. */
async function rejectionOf(make: () => unknown): Promise<unknown> {
  try {
    const made = make() as Promise<unknown> | AsyncIterable<unknown>;
    await (made instanceof Promise ? made : collect(made));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe.each([...QUERIES, ...OTHERS])('%s', (name, call, subject) => {
  // `onIncomplet: 'skip'` beside the query was as if not given, and so was a signal that is misspelt.
  it.each([
    [{ sgnal: undefined }, `${name}: there is no option sgnal, only signal`],
    [{ onIncomplet: 'skip' }, `${name}: there is no option onIncomplet, only signal`],
    [null, `${name}: options must be an object, got null`],
    [Promise.resolve({}), `${name}: options must be an object, got a Promise`],
  ])('refuses the options %o, and asks the storage nothing', async (options, message) => {
    const readers = setUp();
    const error = await rejectionOf(() => call(readers, subject as never, options as never));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe(message);
    expect([readers.asked.lists, readers.asked.gets]).toEqual([0, []]);
  });
});

describe.each(QUERIES)('%s refuses', (_, call, right) => {
  // Of a filter that is misspelt there is none: other totals, and other metadata.
  it('a name of a query that there is not, with those there are, and asks the storage nothing', async () => {
    const readers = setUp();
    const query = { ...right, categories: ['a'], incomplet: 'skip' };
    const error = await rejectionOf(() => call(readers, query as never));
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues).toEqual(
      ['categories', 'incomplet'].map((path) => ({
        path,
        code: 'NOT_ONE_OF',
        message: expect.stringMatching(
          new RegExp(`^there is no such name, only ${Object.keys(right)[0]}, .*category`),
        ),
      })),
    );
    expect([readers.asked.lists, readers.asked.gets]).toEqual([0, []]);
  });
});

it('the groups of totals are no part of another query', async () => {
  const { pages } = setUp();
  const query = { ...DAY, by: 'day' };
  const message = 'by: there is no such name, only from, to,';
  await expect(collect(pages.records(query))).rejects.toThrow(message);
});

it('an option that is undefined is one that is not given', async () => {
  const { asked, pages } = setUp();
  await putPage(asked);
  const query = { ...DAY, category: undefined, incomplete: undefined, by: undefined };
  expect(await pages.totals(query, { signal: undefined })).toMatchObject({ pages: 1 });
});

// `follow` copied what was the query's own, so that a filter of its class was none.
it('a query may have accessors of a class', async () => {
  const { asked, pages } = setUp();
  await putPage(asked, { selfId: 'n1' });
  await putPage(asked, { selfId: 'n2' });
  class Query {
    get from() {
      return MINUTE;
    }
    get to() {
      return MINUTE + 60;
    }
    get selfId() {
      return 'n2';
    }
    get pollMs() {
      return 1;
    }
  }
  expect(await pages.totals(new Query())).toMatchObject({ pages: 1 });
  for await (const { selfId } of pages.follow(new Query())) {
    expect(selfId).toBe('n2');
    break;
  }
});
