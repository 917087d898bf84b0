import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '@metering/config';
import { azureDriver } from '@metering/storage-azure';
import { ossDriver } from '@metering/storage-oss';
import { s3Driver } from '@metering/storage-s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { describeOn } from './support/describe-on.ts';
import { importGcsProvider } from './support/gcs-provider.ts';
import { type InstalledApp, installApp } from './support/installed-app.ts';
import { startOss } from './support/start-oss.ts';
import { type NamedStore, uriOf } from './support/stores.ts';

const SOURCE = join(import.meta.dirname, '../../../examples/any-storage');
const FOLDER = 'metering/ru/1767225600/api/default-shared-pool';
const PAGES = [0, 1, 2].map((part) => `${FOLDER}/api1-${part}.json.gz`);
const METADATA = 'metering/meta/logic/acme/1767225600.json.gz';

const oss = await startOss();
afterAll(() => oss.stop());

let app: InstalledApp;
let basePath: string;
beforeAll(async () => {
  app = await installApp(SOURCE, inject('registry'), inject('thirdParty').tarball);
  basePath = await mkdtemp(join(tmpdir(), 'metering-usage-'));
});
afterAll(async () => {
  await app.remove();
  await rm(basePath, { recursive: true });
});

describe('an application that has every backend', () => {
  it('type-checks', () => app.run('tsc'));

  it('has one copy of core, a third party among its packages or not', async () => {
    const files = await readdir(join(app.folder, 'node_modules'), { recursive: true });
    const copies = files.filter((file) => file.endsWith('@metering/core/package.json'));
    expect(copies).toEqual(['@metering/core/package.json']);
  });

  it('meters into a folder and reads it back, every digit kept', async () => {
    const printed = await meterTwice(`file://${basePath}/folder`);
    expect(printed.first.split('\n').slice(0, 3)).toEqual(PAGES.map((key) => `created ${key}`));
    expect(printed.second.split('\n').slice(0, 3)).toEqual(PAGES.map((key) => `unchanged ${key}`));
    for (const value of [2n ** 64n - 1n, 2n ** 64n - 2n, 2n ** 64n - 3n]) {
      expect(printed.first).toContain(`"value":${value},"unit":"bytes"`);
    }
    expect(Object.keys(await filesBelow(`${basePath}/folder`))).toEqual([METADATA, ...PAGES]);
  });
});

for (const name of ['s3', 'azure', 'gcs']) describeOn(name, `on ${name}`, doesTheSame);
describe('on oss', () => doesTheSame(oss.store));

function doesTheSame(store: NamedStore): void {
  it('the same application prints the same and stores the same bytes, object by object', async () => {
    const inFolder = `${basePath}/beside-${store.name}`;
    const expected = await meterTwice(`file://${inFolder}`);
    const uri = uriOf(store, crypto.randomUUID());
    expect(await meterTwice(uri)).toEqual(expected);
    expect(await objectsOf(uri)).toEqual(await filesBelow(inFolder));
  });
}

/** What the application prints on an empty store, and when it runs again. */
async function meterTwice(uri: string) {
  return {
    first: await app.run('tsx', 'any-storage.ts', uri),
    second: await app.run('tsx', 'any-storage.ts', uri),
  };
}

/** The digest of every object, by key. */
async function objectsOf(uri: string): Promise<Record<string, string>> {
  const { gcsDriver } = await importGcsProvider(inject('thirdParty'));
  await using storage = await openStorage(uri, [s3Driver, ossDriver, azureDriver, gcsDriver]);
  const digests: Record<string, string> = {};
  for await (const { key } of storage.list()) digests[key] = digestOf(await storage.get(key));
  return digests;
}

/** The digest of every file as it lies on the disk, by path. */
async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  const digests: Record<string, string> = {};
  for (const path of paths) {
    digests[path.slice(folder.length + 1)] = digestOf(await readFile(path));
  }
  return digests;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
