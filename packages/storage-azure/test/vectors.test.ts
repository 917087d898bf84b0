import { readdir, readFile } from 'node:fs/promises';
import {
  createMemoryStorage,
  META_PREFIX,
  METERING_PREFIX,
  type StorageProvider,
} from '@metering/core';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { expect, it } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer } from './new-container.ts';

const vectors = new URL('../../../interop/test/vectors/go/', import.meta.url);
const names = await readdir(vectors);

async function putFiles(storage: StorageProvider, folder: URL): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  for (const key of entries.filter((entry) => entry.endsWith('.gz'))) {
    await storage.put(key, await readFile(new URL(key, folder)), { mode: 'create' });
  }
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

it.each(names)('what Go wrote, %s, reads as from anywhere else', async (name) => {
  const folder = new URL(`${name}/files/`, vectors);
  const memory = createMemoryStorage();
  await putFiles(memory, folder);
  await using storage = createAzureStorage(await newContainer());
  await putFiles(storage, folder);
  const files = await readAll(storage);
  expect(files.length).toBeGreaterThan(0);
  expect(files).toStrictEqual(await readAll(memory));
});
