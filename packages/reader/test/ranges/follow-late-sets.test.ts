import { describe, expect, it } from 'vitest';
import { ClockedStorage } from '../support/clocked-storage.ts';
import { CountingStorage } from '../support/counting-storage.ts';
import { MINUTE, putJson, putPage } from '../support/files.ts';
import { Followed } from '../support/followed.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { followedKey, setUpFollow } from '../support/set-up-follow.ts';
import { writeSet } from '../support/write-set.ts';

const DAY = 86_400;

describe('follow, of sets that come late', () => {
  it('gives a late set, also one of unknown size if it looks the same twice', async () => {
    const { storage, followed, after } = setUpFollow({ from: MINUTE - DAY });
    await writeSet(storage, 'new');
    expect(await followed.look()).toHaveLength(3);
    await writeSet(storage, 'late', { timestamp: MINUTE - 3600 });
    expect(await after(1)).toHaveLength(3);
    await putPage(storage, { selfId: 'go', timestamp: MINUTE - 3600 });
    expect(await after(1)).toEqual([]);
    await putPage(storage, { selfId: 'go', timestamp: MINUTE - 3600, part: 1 });
    expect(await after(1)).toEqual([]);
    const go = [0, 1].map((part) => followedKey('go', part, MINUTE - 3600));
    expect(await after(1)).toEqual(go);
  });

  it('does not lose sight of a late set that is still being written, while time goes on', async () => {
    const { storage, followed, after } = setUpFollow({ lateSeconds: 3600 });
    await followed.look();
    await writeSet(storage, 'new', { timestamp: MINUTE + 3600 });
    expect(await after(3600)).toHaveLength(3);
    await putPage(storage, { selfId: 'go' });
    expect(await after(10)).toEqual([]);
    await putPage(storage, { selfId: 'go', part: 1 });
    await writeSet(storage, 'new', { timestamp: MINUTE + 3660 });
    expect(await after(100)).toHaveLength(3);
    expect(await after(10)).toEqual([followedKey('go', 0), followedKey('go', 1)]);
  });

  it('forgets what is older than the late sets that it waits for', async () => {
    const { storage, followed, after } = setUpFollow({ lateSeconds: 3600 });
    await followed.look();
    await writeSet(storage, 'new', { timestamp: MINUTE + 7200 });
    expect(await after(7200)).toHaveLength(3);
    await writeSet(storage, 'late', { timestamp: MINUTE + 3600 });
    await writeSet(storage, 'lost', { timestamp: MINUTE + 3540 });
    expect((await after(10)).every((key) => key.includes('/late-'))).toBe(true);
    expect(followed.checkpoint().from).toBe(MINUTE + 3600);
  });

  it('looks for minutes of writers whose clocks are ahead, and takes no other set to be late for them', async () => {
    const { storage, followed, after } = setUpFollow({ lateSeconds: 3600 });
    await writeSet(storage, 'ahead', { timestamp: MINUTE + 36_000 });
    expect(await followed.look()).toHaveLength(3);
    await writeSet(storage, 'a');
    expect(await after(1)).toHaveLength(3);
  });

  it('goes through many late minutes only now and then, and finds what came late', async () => {
    const clock = new ManualClock(MINUTE + 3600);
    const storage = new CountingStorage(new ClockedStorage(clock));
    const given: Record<string, [number, number][]> = {};
    for (let index = 0; index < 20_000; index++) {
      await storage.put(`metering/ru/${MINUTE}/c/p/n${index}-0.json.gz`, new Uint8Array());
      given[`c/p/n${index}`] = [[MINUTE, MINUTE + 60]];
    }
    const checkpoint = { version: 1, from: MINUTE, given } as const;
    const followed = new Followed({ storage, clock, query: { checkpoint } });
    expect(await followed.look()).toEqual([]);
    storage.reset();
    const late = `metering/ru/${MINUTE}/c/p/late-0.json.gz`;
    await putJson(storage, late, { parts: 1, data: [] });
    const looks: [number, string[]][] = [];
    for (let count = 0; count < 3; count++) {
      clock.advance(10);
      const found = await followed.look();
      looks.push([storage.lists, found]);
    }
    expect(looks).toEqual([
      [1, []],
      [2, []],
      [2 + 21, [late]],
    ]);
  });
});
