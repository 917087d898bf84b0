import { createMemoryStorage } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader } from '../../src/index.ts';
import { MINUTE, PAGE, putJson } from '../support/files.ts';
import { Followed } from '../support/followed.ts';
import { ForwardingStorage } from '../support/forwarding-storage.ts';
import { followedKey, setUpFollow } from '../support/set-up-follow.ts';
import { writeSet } from '../support/write-set.ts';

describe('the checkpoint of follow', () => {
  it('goes on from a checkpoint: nothing is given twice, nothing is lost', async () => {
    const { clock, storage, followed, after } = setUpFollow({ incomplete: 'skip' });
    await writeSet(storage, 'a');
    await writeSet(storage, 'b', { changes: 1 });
    expect(await followed.look()).toHaveLength(3);
    expect(await after(1000)).toEqual([]);
    const checkpoint = followed.checkpoint();
    await followed.stop();
    await writeSet(storage, 'b');
    await writeSet(storage, 'c', { timestamp: MINUTE + 600 });
    const next = new Followed({ storage, clock, query: { from: 0, checkpoint } });
    const b = [0, 1, 2].map((part) => followedKey('b', part));
    expect(await next.look()).toEqual([
      ...b,
      ...[0, 1, 2].map((p) => followedKey('c', p, MINUTE + 600)),
    ]);
  });

  it('counts a set as given with its last page, not before: a stop in its middle gives it again', async () => {
    const storage = new ForwardingStorage(createMemoryStorage());
    await writeSet(storage, 'a');
    await writeSet(storage, 'b');
    const following = createMeteringReader({ storage }).follow({ from: MINUTE });
    const checkpoints: object[] = [];
    for await (const page of following) {
      checkpoints.push(following.checkpoint().given);
      if (page.selfId === 'b' && page.part === 1) break;
    }
    const writer = (id: string) => `${PAGE.category}/${PAGE.sharedPoolId}/${id}`;
    const a = { [writer('a')]: [[MINUTE, MINUTE + 60]] };
    expect(checkpoints).toEqual([{}, {}, a, a, a]);
  });

  it('keeps its checkpoint small: a writer that misses no minute takes one range', async () => {
    const { storage, followed, after } = setUpFollow({ lateSeconds: 3600 });
    await followed.look();
    for (let index = 0; index < 200; index++) {
      await putJson(storage, `metering/ru/${MINUTE + 60 * index}/c/p/n-0.json.gz`, {
        parts: 1,
        data: [],
      });
      expect(await after(60)).toHaveLength(1);
    }
    const newest = MINUTE + 60 * 199;
    expect(followed.checkpoint()).toEqual({
      version: 1,
      from: newest - 3600,
      given: { 'c/p/n': [[newest - 3600, newest + 60]] },
    });
  });
});
