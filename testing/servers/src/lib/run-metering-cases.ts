import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createMemoryStorage, type StorageProvider } from '@metering/core';
import { META_PREFIX, METERING_PREFIX } from '@metering/core/building-blocks';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { expect, it } from 'vitest';

const timestamp = 1_755_850_380;
const vectors = new URL('../../../../interop/test/vectors/go/', import.meta.url);

/** What the cases need of a store. */
export interface MeteringCaseOptions {
  /** Opens an empty store. */
  open(): Promise<StorageProvider>;
}

/**
 * Shows that the writers and readers do on a store what they do in memory: page sets, metadata, and what
 * Go wrote. To be called in a `describe`.
 */
export function runMeteringCases({ open }: MeteringCaseOptions): void {
  it('a set is written in pages, found written, refused to others, and replaced by a shorter one', async () => {
    await using storage = await open();
    const set = { timestamp, category: 'api', selfId: 'a' };
    const data = records(9);
    const writer = createMeteringWriter({ storage, pageSizeBytes: 250 });
    const outcomes = async (write: ReturnType<typeof writer.write>) =>
      (await write).pages.map(({ outcome }) => outcome);
    expect(await outcomes(writer.write({ ...set, data }))).toEqual(Array(3).fill('created'));
    expect(await outcomes(writer.write({ ...set, data }))).toEqual(Array(3).fill('unchanged'));
    const other = writer.write({ ...set, data: records(4) });
    await expect(other).rejects.toMatchObject({
      code: 'PARTIAL_WRITE',
      cause: { code: 'ALREADY_EXISTS' },
    });
    const shorter = writer.write({ ...set, data: records(4) }, { overwrite: true });
    expect(await outcomes(shorter)).toEqual(Array(2).fill('overwritten'));
    const pages = await readPages(storage);
    expect(pages.flatMap((page) => page.data)).toEqual(records(4));
    expect(pages.map(({ parts }) => parts)).toEqual([undefined, 2]);
  });

  it('metadata is found by time, and read again from the cache', async () => {
    await using storage = await open();
    const writer = createMetaWriter({ storage });
    for (const modifyTs of [100, 200, 300]) {
      await writer.write({ clusterId: 'c', type: 'logic', modifyTs, metadata: { modifyTs } });
    }
    const reader = createMetaReader({ storage });
    for (const at of [250, 299, undefined]) {
      const modifyTs = at === undefined ? 300 : 200;
      const found = await reader.read({ clusterId: 'c', at });
      expect(found).toMatchObject({ modifyTs, metadata: { modifyTs } });
    }
  });

  it.each(readdirSync(vectors))('what Go wrote, %s, reads as from memory', async (name) => {
    const folder = new URL(`${name}/files/`, vectors);
    const memory = createMemoryStorage();
    await putFiles(memory, folder);
    await using storage = await open();
    await putFiles(storage, folder);
    const files = await readAll(storage);
    expect(files.length).toBeGreaterThan(0);
    expect(files).toStrictEqual(await readAll(memory));
  });
}

function records(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    logical_cluster_id: `lc-${i}`,
    compute: { value: 2n ** 53n + BigInt(i), unit: 'seconds' },
  }));
}

async function putFiles(storage: StorageProvider, folder: URL): Promise<void> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const key of entries.filter((entry) => entry.endsWith('.gz'))) {
    await storage.put(key, await readFile(new URL(key, folder)), { mode: 'create' });
  }
}

async function readPages(storage: StorageProvider) {
  const reader = createMeteringReader({ storage });
  const pages: Awaited<ReturnType<typeof reader.read>>[] = [];
  for await (const info of reader.list({ timestamp })) pages.push(await reader.read(info));
  return pages;
}

async function readAll(storage: StorageProvider): Promise<readonly unknown[]> {
  const pages = createMeteringReader({ storage });
  const metadata = createMetaReader({ storage });
  const files: unknown[] = [];
  for await (const { key } of storage.list({ prefix: METERING_PREFIX })) {
    files.push(await pages.read(key));
  }
  for await (const { key } of storage.list({ prefix: META_PREFIX })) {
    files.push(await metadata.readFile(key));
  }
  return files;
}
