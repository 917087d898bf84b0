import { createMemoryStorage } from '@metering/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMetaReader } from '../src/index.ts';
import { createCachingReader } from './support/caching-reader.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { putMeta } from './support/files.ts';

const QUERY = { clusterId: 'c1', type: 'logic' } as const;

describe('listings', () => {
  afterEach(() => vi.useRealTimers());

  const START = 1_755_850_000;

  function setUpClock() {
    vi.useFakeTimers({ toFake: ['Date'], now: START * 1000 });
    const set = createCachingReader({ listingMaxAgeMs: 60_000 });
    const read = async (at?: number) => (await set.reader.read({ ...QUERY, at }))?.modifyTs;
    return { ...set, read };
  }

  it('serve a caller who asks for now, again and again, which the reference never does', async () => {
    const { storage, read } = setUpClock();
    await putMeta(storage, { modifyTs: START - 100 });
    for (let second = 0; second < 60; second++) {
      vi.setSystemTime((START + second) * 1000);
      expect(await read(START + second)).toBe(START - 100);
      expect(await read()).toBe(START - 100);
    }
    expect(storage).toMatchObject({ lists: 1, gets: [expect.any(String)] });
  });

  it('are made anew when they are too old, and a later write is seen', async () => {
    const { storage, read } = setUpClock();
    await putMeta(storage, { modifyTs: START - 100 });
    await read(START);
    await putMeta(storage, { modifyTs: START - 50 });
    vi.setSystemTime((START + 59) * 1000);
    expect(await read(START)).toBe(START - 100);
    vi.setSystemTime((START + 60) * 1000);
    expect(await read(START)).toBe(START - 50);
    expect(storage.lists).toBe(2);
  });

  it('are made anew when the clock was set back', async () => {
    const { storage, read } = setUpClock();
    await putMeta(storage, { modifyTs: START - 100 });
    await read(START);
    vi.setSystemTime((START - 3600) * 1000);
    await read(START);
    expect(storage.lists).toBe(2);
  });

  it('answer for exactly the times that they tell about', async () => {
    const { storage, read } = setUpClock();
    for (const modifyTs of [100, 200, 300]) await putMeta(storage, { modifyTs });
    const asked: [number | undefined, number | undefined, number][] = [
      [250, 200, 1],
      [200, 200, 1],
      [299, 200, 1],
      [300, 300, 2],
      [undefined, 300, 2],
      [Number.MAX_SAFE_INTEGER, 300, 2],
      [199, 100, 3],
      [100, 100, 3],
      [99, undefined, 4],
      [0, undefined, 4],
      [250, 200, 4],
    ];
    for (const [at, expected, lists] of asked) {
      expect(await read(at), `at ${at}`).toBe(expected);
      expect(storage.lists, `at ${at}`).toBe(lists);
    }
  });

  it('in a large folder answer for the times of one version too', async () => {
    const { storage, read } = setUpClock();
    for (let index = 0; index < 3000; index++)
      await putMeta(storage, { modifyTs: START + index * 60 });
    for (const at of [START + 1500 * 60 + 5, START + 3000 * 60, START - 1]) {
      const expected = await read(at);
      storage.reset();
      expect(await read(at)).toBe(expected);
      expect(storage.lists).toBe(0);
      expect(await read(at + 60)).toBe(
        at < START ? START : Math.min((expected as number) + 60, START + 2999 * 60),
      );
    }
  });

  it('remember that there is nothing', async () => {
    const { storage, read } = setUpClock();
    expect(await read(START)).toBeUndefined();
    expect(await read(START + 1)).toBeUndefined();
    expect(await read()).toBeUndefined();
    expect(storage.lists).toBe(1);
  });

  it('are asked for each time by default', async () => {
    const { storage, reader } = createCachingReader();
    await putMeta(storage, { modifyTs: 100 });
    expect((await reader.read(QUERY))?.modifyTs).toBe(100);
    await putMeta(storage, { modifyTs: 200 });
    expect((await reader.read(QUERY))?.modifyTs).toBe(200);
  });

  it('are forgotten when they name a file that is gone', async () => {
    const storage = new CountingStorage(createMemoryStorage());
    const cache = { listingMaxAgeMs: 60_000, maxBytes: 1 };
    const reader = createMetaReader({ storage, cache });
    await putMeta(storage, { modifyTs: 100 });
    const newest = await putMeta(storage, { modifyTs: 200 });
    await reader.read(QUERY);
    await storage.delete(newest);
    expect((await reader.read(QUERY))?.modifyTs).toBe(100);
  });
});
