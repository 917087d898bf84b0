import type { FormatError } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader } from '../../src/index.ts';
import { ClockedStorage } from '../support/clocked-storage.ts';
import { CountingStorage } from '../support/counting-storage.ts';
import { MINUTE, PAGE, putPage } from '../support/files.ts';
import { Followed } from '../support/followed.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { followedKey, setUpFollow } from '../support/set-up-follow.ts';
import { writeSet } from '../support/write-set.ts';

describe('follow', () => {
  it('gives a set as soon as it is whole, once', async () => {
    const { storage, followed, after } = setUpFollow();
    expect(await followed.look()).toEqual([]);
    await writeSet(storage, 'a');
    expect(await after(1)).toEqual([followedKey('a', 0), followedKey('a', 1), followedKey('a', 2)]);
    await writeSet(storage, 'b');
    expect(await after(1)).toEqual([followedKey('b', 0), followedKey('b', 1), followedKey('b', 2)]);
    expect(await after(1000)).toEqual([]);
  });

  it('gives what read gives', async () => {
    const { storage, followed } = setUpFollow();
    const reader = createMeteringReader({ storage });
    await writeSet(storage, 'a');
    await followed.look();
    expect(followed.pages).toHaveLength(3);
    for (const page of followed.pages) expect(page).toEqual(await reader.read(page));
  });

  it('waits for the rest of a set that is being written', async () => {
    const { storage, followed, after } = setUpFollow({ settleSeconds: 120 });
    await writeSet(storage, 'a', { changes: 2 });
    expect(await followed.look()).toEqual([]);
    expect(await after(100)).toEqual([]);
    await writeSet(storage, 'a');
    expect(await after(1)).toEqual([followedKey('a', 0), followedKey('a', 1), followedKey('a', 2)]);
  });

  it('gives a set of unknown size when it has settled: settleSeconds after the end of its minute', async () => {
    const { storage, followed, after } = setUpFollow({ settleSeconds: 120 });
    await putPage(storage, { selfId: 'go' });
    expect(await followed.look()).toEqual([]);
    expect(await after(119)).toEqual([]);
    expect(await after(1)).toEqual([followedKey('go')]);
    expect(await after(1)).toEqual([]);
  });

  it('ends with an error when an incomplete set should have settled, and says what is missing', async () => {
    const { storage, followed, after } = setUpFollow({ settleSeconds: 120 });
    await writeSet(storage, 'a', { changes: 2 });
    await writeSet(storage, 'b');
    expect(await followed.look()).toHaveLength(3);
    await after(120);
    const error = (await followed.ended) as FormatError;
    expect(error.code).toBe('INCOMPLETE_SET');
    expect(error.message).toContain('at least page 2 is missing');
    expect(followed.checkpoint().given).toEqual({
      [`${PAGE.category}/${PAGE.sharedPoolId}/b`]: [[MINUTE, MINUTE + 60]],
    });
  });

  it('leaves out an incomplete set if asked to, says so once, and gives it if it becomes whole later', async () => {
    const { storage, logger, followed, after } = setUpFollow({
      settleSeconds: 120,
      incomplete: 'skip',
    });
    await writeSet(storage, 'a', { changes: 2 });
    expect(await followed.look()).toEqual([]);
    expect(await after(120)).toEqual([]);
    expect(await after(120)).toEqual([]);
    expect(logger.warnings.map(({ message }) => message)).toEqual([
      'Left out an incomplete set of metering pages',
    ]);
    await writeSet(storage, 'a');
    expect(await after(10_000)).toEqual([
      followedKey('a', 0),
      followedKey('a', 1),
      followedKey('a', 2),
    ]);
  });

  it('gives what is there of an incomplete set if asked to, once', async () => {
    const { storage, followed, after } = setUpFollow({
      settleSeconds: 120,
      incomplete: 'include',
    });
    await writeSet(storage, 'a', { changes: 2 });
    expect(await followed.look()).toEqual([]);
    expect(await after(120)).toEqual([followedKey('a', 0), followedKey('a', 1)]);
    await writeSet(storage, 'a');
    expect(await after(1)).toEqual([]);
  });

  it('does not count an overwritten set anew', async () => {
    const { storage, followed, after } = setUpFollow();
    await writeSet(storage, 'a');
    expect(await followed.look()).toHaveLength(3);
    await writeSet(storage, 'a', { overwrite: true, changes: 9 });
    expect(await after(1)).toEqual([]);
    await writeSet(storage, 'a', { overwrite: true, changes: 3 });
    expect(await after(1000)).toEqual([]);
  });

  it('tells once of a key that is no page, though it finds it in every look', async () => {
    const { storage, followed, after } = setUpFollow();
    const stray = `metering/ru/${MINUTE}/c/older-0.json.gz`;
    await storage.put(stray, new Uint8Array());
    await followed.look();
    await after(1);
    await after(1);
    expect(followed.skipped).toEqual([stray]);
  });

  it('does not fetch a set again that it waits for', async () => {
    const clock = new ManualClock(MINUTE + 60);
    const storage = new CountingStorage(new ClockedStorage(clock));
    const followed = new Followed({ storage, clock, query: { settleSeconds: 600 } });
    await writeSet(storage, 'a', { changes: 2 });
    await followed.look();
    for (let looks = 0; looks < 5; looks++) {
      clock.advance(10);
      await followed.look();
    }
    expect(storage.gets).toHaveLength(2);
  });
});
