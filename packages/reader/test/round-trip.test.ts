import { createMemoryStorage, type MeteringRecord, withPrefix } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { temporaryFolder } from '@metering/testing-support';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { describe, expect, it } from 'vitest';
import { createMetaReader, createMeteringReader, type SkippedKey } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { MINUTE } from './support/files.ts';

async function createFolder() {
  return createLocalFsStorage({ basePath: await temporaryFolder() });
}

function recordOf(index: number): MeteringRecord {
  const value = index % 2 === 0 ? index : 18446744073709551615n - BigInt(index);
  return {
    logical_cluster_id: `lc-${index}`,
    requests: { value, unit: 'count' },
    tag: `é<${index}>`,
  };
}

describe.each([
  ['in memory', async () => createMemoryStorage()],
  ['in a folder', createFolder],
  ['below a prefix of a folder', async () => withPrefix(await createFolder(), 'a/b')],
])('what was written %s', (_where, createStorage) => {
  it('is read back, page by page, in order and to the last unit', async () => {
    const storage = await createStorage();
    const records = Array.from({ length: 500 }, (_, index) => recordOf(index));
    const writer = createMeteringWriter({ storage, pageSizeBytes: 2000 });
    await writer.write({ timestamp: MINUTE, category: 'tidb', selfId: 'n1', data: records });
    const skipped: SkippedKey[] = [];
    const reader = createMeteringReader({ storage, onSkipped: (key) => skipped.push(key) });
    const pages = await collect(reader.list({ timestamp: MINUTE, category: 'tidb' }));
    expect(pages.map(({ part }) => part)).toEqual(pages.map((_, index) => index));
    expect(pages.length).toBeGreaterThan(10);
    const read: MeteringRecord[] = [];
    for (const info of pages) {
      const page = await reader.read(info);
      expect(page.parts).toBe(page.part === pages.length - 1 ? pages.length : undefined);
      read.push(...page.data);
    }
    expect(read).toEqual(records);
    expect(skipped).toEqual([]);
  });

  it('is read back many at once', async () => {
    const storage = await createStorage();
    const writer = createMeteringWriter({ storage });
    for (const category of ['b', 'a', 'a-b']) {
      for (let index = 0; index < 8; index++) {
        const data = [recordOf(index)];
        await writer.write({ timestamp: MINUTE, category, selfId: `n${index}`, data });
      }
    }
    const reader = createMeteringReader({ storage });
    expect(await reader.categories(MINUTE)).toEqual(['a', 'a-b', 'b']);
    const results = await collect(reader.readMany(reader.list({ timestamp: MINUTE })));
    expect(results).toHaveLength(24);
    for (const result of results) {
      const { selfId, data } = result.ok ? result.page : { selfId: '', data: [] };
      expect(data).toEqual([recordOf(Number(selfId.slice(1)))]);
    }
  });

  it('as metadata is found by time, type and category', async () => {
    const storage = await createStorage();
    const writer = createMetaWriter({ storage });
    const metadata = { quota: 18446744073709551615n, 'a b': [1, null, { __proto__: null, x: 1 }] };
    for (const modifyTs of [1, 99, 100, 1755850000]) {
      await writer.write({ clusterId: 'c1', type: 'logic', modifyTs, metadata });
    }
    await writer.write({
      clusterId: 'c1',
      type: 'sharedpool',
      category: 'x',
      modifyTs: 50,
      metadata,
    });
    const reader = createMetaReader({ storage });
    expect(await reader.read({ clusterId: 'c1', at: 1000 })).toMatchObject({
      modifyTs: 100,
      metadata,
    });
    expect(await reader.read({ clusterId: 'c1' })).toMatchObject({ modifyTs: 1755850000 });
    expect(await reader.read({ clusterId: 'c1', category: 'x' })).toMatchObject({
      type: 'sharedpool',
      category: 'x',
      modifyTs: 50,
    });
    const versions = await collect(reader.versions({ clusterId: 'c1', type: 'logic' }));
    expect(versions.map(({ modifyTs }) => modifyTs)).toEqual([1, 99, 100, 1755850000]);
  });
});
