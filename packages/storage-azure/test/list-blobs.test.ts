import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlobPage, BlobQuery } from '../src/index.ts';
import { createAzureStorage } from '../src/index.ts';

const lastModified = new Date(0);

interface ServiceOptions {
  readonly pageSize: number;
  /** Azurite does not. */
  readonly knowsStartFrom: boolean;
}

/** A client that lists as the service does: its markers mean nothing to others, a page may be empty. */
function clientListing(names: readonly string[], { pageSize, knowsStartFrom }: ServiceOptions) {
  const matching = ({ prefix = '', startFrom = '' }: BlobQuery) =>
    names.filter((name) => name.startsWith(prefix) && (!knowsStartFrom || name >= startFrom));
  const pageAt = (query: BlobQuery, page: number): BlobPage => {
    const all = matching(query);
    const start = Math.max(0, page - 1) * pageSize;
    const found = page === 0 ? [] : all.slice(start, start + pageSize);
    const isLast = page > 0 && start + pageSize >= all.length;
    return {
      segment: { blobItems: found.map((name) => ({ name, properties: { lastModified } })) },
      continuationToken: isLast ? '' : `opaque!${page + 1}`,
    };
  };
  return {
    containerName: 'usage',
    getBlockBlobClient: () => {
      throw new Error('not called');
    },
    listBlobsFlat: (query: BlobQuery) => ({
      async *byPage({ continuationToken }: { continuationToken?: string }) {
        yield pageAt(query, Number(continuationToken?.split('!')[1] ?? 0));
      },
    }),
  };
}

async function listKeys(
  names: readonly string[],
  query: { prefix: string; startAfter: string },
  service: ServiceOptions,
): Promise<string[]> {
  const client = clientListing(names, service);
  await using storage = createAzureStorage({ container: 'usage', client });
  const keys: string[] = [];
  for await (const { key } of storage.list(query)) keys.push(key);
  return keys;
}

const letter = fc.constantFrom('a', 'b', '-', '/', '😀', '\uffee');
const name = fc.string({ unit: letter, minLength: 1, maxLength: 4 });
const key = name.filter((text) => !/^\/|\/$|\/\//.test(text));

describe('a listing', () => {
  it('has every key with the prefix after startAfter, whether or not startFrom is known', async () => {
    const property = fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 30 }),
      fc.oneof(fc.constant(''), name),
      fc.oneof(fc.constant(''), name),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (keys, prefix, startAfter, pageSize, knowsStartFrom) => {
        const names = [...keys].sort();
        const listed = await listKeys(names, { prefix, startAfter }, { pageSize, knowsStartFrom });
        expect(listed).toEqual(
          names.filter((each) => each.startsWith(prefix) && each > startAfter),
        );
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it('folder by folder, as of a hierarchical namespace, is UNSUPPORTED and not taken as complete', async () => {
    const names = ['default/x', 'default-shared-pool/x'];
    for (const pageSize of [1, 2]) {
      const keys = listKeys(
        names,
        { prefix: '', startAfter: '' },
        { pageSize, knowsStartFrom: true },
      );
      await expect(keys).rejects.toMatchObject({
        code: 'UNSUPPORTED',
        message: expect.stringContaining('hierarchical namespace'),
      });
    }
  });

  it('that gives an empty page again and again is UNSUPPORTED, and ends', async () => {
    let pages = 0;
    const client = {
      ...clientListing([], { pageSize: 1, knowsStartFrom: true }),
      listBlobsFlat: () => ({
        async *byPage() {
          if (++pages > 10) throw new Error('endless');
          yield { segment: { blobItems: [] }, continuationToken: 'same' };
        },
      }),
    };
    await using storage = createAzureStorage({ container: 'usage', client });
    await expect(storage.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
    expect(pages).toBe(2);
  });
});
