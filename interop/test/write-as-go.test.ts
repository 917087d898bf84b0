import { cpSync } from 'node:fs';
import type { StorageProvider } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { allKeys, allMetadata, allPages } from './stored-files.ts';
import { type VectorCase, vectorCases } from './vector-cases.ts';
import { writeCase } from './write-case.ts';

/** A page's size counts the bytes that its own writer writes, and Go writes `<` in six. */
const SPLIT_ELSEWHERE = 'page-html-size';

const cases = vectorCases();

for (const vector of cases.filter(({ name }) => name !== SPLIT_ELSEWHERE)) {
  describe(`writing what Go wrote, ${vector.name}: ${vector.about}`, () => {
    it('gives the same keys with the same values', async () => {
      const [ours, go] = [await emptyStorage(), await copyOfGoFiles(vector)];
      await writeCase(ours, vector);
      expect(await allKeys(ours)).toEqual(await allKeys(go));
      expect(await pagesWithoutParts(ours)).toStrictEqual(await pagesWithoutParts(go));
      expect(await allMetadata(ours)).toStrictEqual(await allMetadata(go));
    });

    it('finds each of its files to be written already', async () => {
      const storage = await copyOfGoFiles(vector);
      const keys = await allKeys(storage);
      const files = await writeCase(storage, vector);
      expect(files.map((file) => file.key).sort()).toEqual(keys.sort());
      expect(files.filter((file) => file.outcome !== 'unchanged')).toEqual([]);
    });
  });
}

for (const vector of cases.filter(({ name }) => name === SPLIT_ELSEWHERE)) {
  describe(`writing what Go wrote, ${vector.name}: ${vector.about}`, () => {
    it('splits by the bytes that we write', async () => {
      const ours = await emptyStorage();
      await writeCase(ours, vector);
      const pages = await allPages(ours);
      expect(pages.map((page) => page.data.length)).toEqual([6, 2]);
      expect(pages.flatMap((page) => page.data)).toStrictEqual(vector.pageSets[0]?.data);
    });

    it('takes its files, which are split elsewhere, for other data, and leaves them', async () => {
      const storage = await copyOfGoFiles(vector);
      const before = await allPages(storage);
      await expect(writeCase(storage, vector)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
      expect(await allPages(storage)).toStrictEqual(before);
    });
  });
}

async function emptyStorage(): Promise<StorageProvider> {
  return createLocalFsStorage({ basePath: await temporaryFolder() });
}

async function copyOfGoFiles(vector: VectorCase): Promise<StorageProvider> {
  const folder = await temporaryFolder();
  cpSync(vector.folder, folder, { recursive: true });
  return createLocalFsStorage({ basePath: folder });
}

async function pagesWithoutParts(storage: StorageProvider) {
  return (await allPages(storage)).map(({ parts, ...page }) => page);
}
