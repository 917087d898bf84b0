import { DEFAULT_SHARED_POOL_ID, metaKey } from '@metering/core';
import { createMetaReader, createMeteringReader, type MeteringPage } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { describe, expect, it } from 'vitest';
import { allKeys, allPages } from './stored-files.ts';
import { type PageSetWrite, type VectorCase, vectorCases } from './vector-cases.ts';

const cases = vectorCases();

for (const vector of cases.filter(({ pageSets }) => pageSets.length > 0)) {
  describe(`pages of Go, ${vector.name}: ${vector.about}`, () => {
    const storage = openFilesOf(vector);

    it('give back every record of every set', async () => {
      const reader = createMeteringReader({ storage });
      for (const set of vector.pageSets) {
        const pages: MeteringPage[] = [];
        for await (const page of reader.list(queryOf(set))) pages.push(await reader.read(page));
        expect(pages.map((page) => page.part)).toEqual(pages.map((_, index) => index));
        expect(pages.flatMap((page) => page.data)).toStrictEqual(set.data);
      }
    });

    it('hold nothing else, and do not say that their set is complete', async () => {
      const pages = await allPages(storage);
      const records = vector.pageSets.flatMap((set) => set.data);
      expect(pages.flatMap((page) => page.data)).toHaveLength(records.length);
      expect(pages.filter((page) => page.parts !== undefined)).toEqual([]);
    });
  });
}

for (const vector of cases.filter(({ metadata }) => metadata.length > 0)) {
  describe(`metadata of Go, ${vector.name}: ${vector.about}`, () => {
    const storage = openFilesOf(vector);

    it.each(vector.metadata)('is found by its key and by its time, $modifyTs', async (data) => {
      const reader = createMetaReader({ storage });
      const { clusterId, type, category, modifyTs: at } = data;
      const expected = { ...data, key: metaKey(data) };
      expect(await reader.readFile(expected.key)).toEqual(expected);
      expect(await reader.read({ clusterId, type, category, at })).toEqual(expected);
    });

    it('is nothing but what was asked for', async () => {
      expect(await allKeys(storage)).toEqual(vector.metadata.map(metaKey).sort());
    });
  });
}

function openFilesOf(vector: VectorCase) {
  return createLocalFsStorage({ basePath: vector.folder, createDirs: false });
}

function queryOf({ timestamp, category, selfId, sharedPoolId }: PageSetWrite) {
  return { timestamp, category, selfId, sharedPoolId: sharedPoolId ?? DEFAULT_SHARED_POOL_ID };
}
