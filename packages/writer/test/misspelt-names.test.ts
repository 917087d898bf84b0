import {
  createMemoryStorage,
  type MetaData,
  type MeteringData,
  type StorageProvider,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMetaWriter, createMeteringWriter } from '../src/index.ts';
import { dataOf, records } from './support/data.ts';
import { rejection } from './support/storage-errors.ts';
import { watchedStorage } from './support/watched-storage.ts';

const META: MetaData = { clusterId: 'c1', type: 'logic', modifyTs: 1755850000, metadata: {} };

/** What a write is refused with, before the store hears of it. */
async function refusalOf(write: (storage: StorageProvider) => Promise<unknown>) {
  const storage = watchedStorage(createMemoryStorage());
  const error = await rejection(write(storage));
  expect(storage.calls).toEqual([]);
  return error;
}

describe('a name in another spelling', () => {
  it.each(['shared_pool_id', 'sharedPoolID', 'SharedPoolId', 'shared-pool-id', '_sharedPoolId'])(
    'is no name of metering data: %s, which would be the default pool’s',
    async (name) => {
      const data = { ...dataOf(records(1)), [name]: 'p1' } as MeteringData;
      const error = await refusalOf((storage) => createMeteringWriter({ storage }).write(data));
      expect(error).toMatchObject({
        name: 'ValidationError',
        issues: [{ path: name, code: 'NOT_ONE_OF', message: 'must be spelt sharedPoolId' }],
      });
    },
  );

  it('is told beside what is wrong otherwise', async () => {
    const { selfId, ...rest } = dataOf(records(1));
    const data = { ...rest, self_id: selfId, timestamp: 59 } as never;
    const error = await refusalOf((storage) => createMeteringWriter({ storage }).write(data));
    const paths = (error as { issues: { path: string }[] }).issues.map(({ path }) => path);
    expect(paths).toEqual(['self_id', 'timestamp', 'selfId']);
  });

  it('is no name of metadata: it would be the whole cluster’s', async () => {
    const data = { ...META, Category: 'tidb' } as MetaData;
    const error = await refusalOf((storage) => createMetaWriter({ storage }).write(data));
    expect(error).toMatchObject({ issues: [{ path: 'Category', code: 'NOT_ONE_OF' }] });
  });

  it('is the caller’s own beside the right one, or without a value', async () => {
    const storage = createMemoryStorage();
    const writer = createMeteringWriter({ storage });
    const both = { ...dataOf(records(1)), sharedPoolId: 'p1', shared_pool_id: 'p2', note: 1 };
    const [page] = (await writer.write(both)).pages;
    expect(page?.key).toContain('/p1/');
    const none = { ...dataOf(records(1)), _sharedPoolId: undefined };
    expect((await writer.write(none)).pages[0]?.key).toContain('/default-shared-pool/');
  });
});
