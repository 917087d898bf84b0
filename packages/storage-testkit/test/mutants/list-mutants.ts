import type { CallOptions, ListQuery, ObjectInfo, StorageProvider } from '@metering/core';
import { compareUtf8 } from '@metering/core/building-blocks';
import { broken, type Mutant } from './mutant.ts';

export const listMutants: readonly Mutant[] = [
  {
    fault: 'list in the order of writing',
    foundBy: 'list: is in ascending order whatever the order of writing',
    createStorage: brokenList((objects) => objects.sort((a, b) => etagNumber(a) - etagNumber(b))),
  },
  {
    fault: 'list in descending order',
    foundBy: 'list: is in ascending order whatever the order of writing',
    createStorage: brokenList((objects) => objects.reverse()),
  },
  {
    fault: 'list folder by folder',
    foundBy: 'list: goes by the whole key, not folder by folder: "t-/x" before "t/x"',
    createStorage: brokenList((objects) => objects.sort(bySegments)),
  },
  {
    fault: 'list in the order of UTF-16 units while it claims UTF-8',
    foundBy: 'list: is in the order of UTF-8 bytes: U+FFEE before U+1F600',
    createStorage: brokenList((objects) => objects.sort((a, b) => (a.key < b.key ? -1 : 1))),
  },
  {
    fault: 'list in the order of UTF-8 bytes while it claims UTF-16',
    foundBy: 'list: is in the order of UTF-16 units, as the store says: U+1F600 before U+FFEE',
    createStorage: broken(() => ({
      capabilities: { exclusiveCreate: true, listOrder: 'utf16' },
    })),
  },
  {
    fault: 'list in the order of a language',
    foundBy: 'list: is in ascending order whatever the order of writing',
    createStorage: brokenList((objects) => objects.sort((a, b) => a.key.localeCompare(b.key))),
  },
  {
    fault: 'startAfter that is inclusive',
    foundBy: 'list: startAfter is exclusive',
    createStorage: brokenQuery((all, { prefix, startAfter }) =>
      all.filter(({ key }) => key.startsWith(prefix) && compareUtf8(key, startAfter) >= 0),
    ),
  },
  {
    fault: 'startAfter that must be a key',
    foundBy: 'list: startAfter may be text that is no key of the store',
    createStorage: brokenQuery((all, { prefix, startAfter }) => {
      const from = all.findIndex(({ key }) => key === startAfter) + 1;
      return all.slice(from).filter(({ key }) => key.startsWith(prefix));
    }),
  },
  {
    fault: 'startAfter that is ignored beside a prefix',
    foundBy: 'list: startAfter before, within and after the prefix',
    createStorage: broken((sound) => ({
      list: ({ prefix, startAfter } = {}, options) =>
        sound.list(prefix ? { prefix } : { startAfter }, options),
    })),
  },
  {
    fault: 'startAfter that is taken as relative to the prefix',
    foundBy: 'list: startAfter before, within and after the prefix',
    createStorage: broken((sound) => ({
      list: ({ prefix = '', startAfter } = {}, options) =>
        sound.list({ prefix, startAfter: startAfter && prefix + startAfter }, options),
    })),
  },
  {
    fault: 'prefix that is matched by segment',
    foundBy: 'list: a prefix is plain text, not a folder',
    createStorage: brokenQuery((all, { prefix, startAfter }) =>
      all.filter(({ key }) => isBelow(key, prefix) && compareUtf8(key, startAfter) > 0),
    ),
  },
  {
    fault: 'prefix that is a whole key and does not match itself',
    foundBy: 'list: a prefix may be a whole key',
    createStorage: brokenQuery((all, { prefix, startAfter }) =>
      all.filter(
        ({ key }) => key.startsWith(prefix) && key !== prefix && compareUtf8(key, startAfter) > 0,
      ),
    ),
  },
  {
    fault: 'prefix that is a pattern',
    foundBy: 'list: prefix and startAfter may be any text, also what no key can hold',
    createStorage: brokenQuery((all, { prefix, startAfter }) => {
      const pattern = new RegExp(`^${prefix.replaceAll(/[^\w.*]/g, '\\$&')}`);
      return all.filter(({ key }) => pattern.test(key) && compareUtf8(key, startAfter) > 0);
    }),
  },
  {
    fault: 'prefix that must be a key',
    foundBy: 'list: prefix and startAfter may be any text, also what no key can hold',
    createStorage: broken((sound) => ({
      list: async function* (query, options) {
        if (query?.prefix?.startsWith('/')) throw new Error('a prefix must not begin with "/"');
        yield* sound.list(query, options);
      },
    })),
  },
  {
    fault: 'prefix that may be a number',
    foundBy: 'list: a prefix or a startAfter that is no string is a TypeError',
    createStorage: broken((sound) => ({
      list: (query, options) => {
        const { prefix } = query ?? {};
        return sound.list(
          prefix === undefined ? query : { ...query, prefix: `${prefix}` },
          options,
        );
      },
    })),
  },
  {
    fault: 'list that ends after 1,000 objects',
    foundBy: 'list: more than 1,000 objects are all listed, each once and in order',
    createStorage: brokenList((objects) => objects.slice(0, 1_000)),
  },
  {
    fault: 'list that repeats the first object of a page',
    foundBy: 'list: more than 1,000 objects are all listed, each once and in order',
    createStorage: brokenList((objects) =>
      objects.flatMap((object, index) =>
        index > 0 && index % 1_000 === 0 ? [object, object] : object,
      ),
    ),
  },
  {
    fault: 'list that counts its way through the pages',
    foundBy: 'list: deleting what is listed hides nothing of the rest',
    createStorage: broken((sound) => ({
      list: async function* (query, options) {
        for (let offset = 0; ; offset += 10) {
          const page = (await collect(sound, query, options)).slice(offset, offset + 10);
          yield* page;
          if (page.length < 10) return;
        }
      },
    })),
  },
  {
    fault: 'list that begins again when something is written',
    foundBy: 'list: writing meanwhile neither hides nor repeats what was there',
    createStorage: broken((sound) => ({
      list: async function* (query, options) {
        const first = (await collect(sound, query, options)).slice(0, 10);
        yield* first;
        yield* (await collect(sound, query, options)).slice(first.length);
      },
    })),
  },
  {
    fault: 'list that reads everything when it is called',
    foundBy: 'list: is lazy: it begins with the first object asked for, not with the call',
    createStorage: broken((sound) => ({
      list: (query, options) => {
        const all = collect(sound, query, options);
        all.catch(() => undefined);
        return (async function* () {
          yield* await all;
        })();
      },
    })),
  },
  {
    fault: 'list that goes on after the reader broke off',
    foundBy: 'list: ends for good where the reader breaks off',
    createStorage: broken((sound) => ({
      list: (query, options) => {
        const objects = sound.list(query, options)[Symbol.asyncIterator]();
        const next = () => objects.next();
        const end = async () => ({ done: true, value: undefined }) as const;
        return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
      },
    })),
  },
  {
    fault: 'list of keys that no get can read',
    foundBy: 'list: describes each object, and each can be read under the key that is listed',
    createStorage: brokenList((objects) =>
      objects.map((object) => ({ ...object, key: `bucket/${object.key}` })),
    ),
  },
  {
    fault: 'list without sizes',
    foundBy: 'list: describes each object, and each can be read under the key that is listed',
    createStorage: brokenList((objects) => objects.map((object) => ({ ...object, size: 0 }))),
  },
  {
    fault: 'list with another etag than head',
    foundBy: 'head: agrees with the listing on size, etag and time of modification',
    createStorage: brokenList((objects) =>
      objects.map((object) => ({ ...object, etag: `W/${object.etag}` })),
    ),
  },
];

/** Storage that lists something else than it should. */
function brokenList(change: (objects: ObjectInfo[]) => readonly ObjectInfo[]) {
  return broken((sound) => ({
    list: async function* (query, options) {
      yield* change(await collect(sound, query, options));
    },
  }));
}

/** Storage that understands a query in its own way. */
function brokenQuery(
  choose: (all: readonly ObjectInfo[], query: Required<NoUndefined<ListQuery>>) => ObjectInfo[],
) {
  return broken((sound) => ({
    list: async function* (query, options) {
      const all = await collect(sound, {}, options);
      yield* choose(all, { prefix: query?.prefix ?? '', startAfter: query?.startAfter ?? '' });
    },
  }));
}

type NoUndefined<T> = { readonly [Name in keyof T]: NonNullable<T[Name]> };

async function collect(
  storage: StorageProvider,
  query?: ListQuery,
  options?: CallOptions,
): Promise<ObjectInfo[]> {
  const objects: ObjectInfo[] = [];
  for await (const object of storage.list(query, options)) objects.push(object);
  return objects;
}

function etagNumber({ etag = '' }: ObjectInfo): number {
  return Number(etag.replaceAll('"', ''));
}

function bySegments(a: ObjectInfo, b: ObjectInfo): number {
  return compareUtf8(a.key.replaceAll('/', '\0'), b.key.replaceAll('/', '\0'));
}

function isBelow(key: string, prefix: string): boolean {
  return prefix === '' || prefix.endsWith('/') || key === prefix || key.startsWith(`${prefix}/`);
}
