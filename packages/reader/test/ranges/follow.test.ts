import {
  createMemoryStorage,
  type FormatError,
  isStorageError,
  type MeteringEvent,
  StorageError,
  ValidationError,
} from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type FollowQuery } from '../../src/index.ts';
import { ClockedStorage } from '../support/clocked-storage.ts';
import { collect } from '../support/collect.ts';
import { CountingStorage } from '../support/counting-storage.ts';
import { FailingStorage } from '../support/failing-storage.ts';
import { MINUTE, PAGE, putJson, putPage } from '../support/files.ts';
import { Followed } from '../support/followed.ts';
import { ForwardingStorage } from '../support/forwarding-storage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { recordingLogger } from '../support/recording-logger.ts';

const DAY = 86_400;
const RECORDS = [1, 2, 3].map((value) => ({ egress: { value, unit: 'bytes' } }));

function setUp(query: Partial<FollowQuery> = {}) {
  const clock = new ManualClock(MINUTE + 60);
  const storage = new ClockedStorage(clock);
  const logger = recordingLogger();
  const followed = new Followed({ storage, clock, query, logger });
  const keyOf = (selfId: string, part = 0, timestamp = MINUTE) =>
    `metering/ru/${timestamp}/${PAGE.category}/${PAGE.sharedPoolId}/${selfId}-${part}.json.gz`;
  const after = (seconds: number) => {
    clock.advance(seconds);
    return followed.look();
  };
  return { clock, storage, logger, followed, keyOf, after };
}

/** Writes a set of three pages, or as many of them as `changes` allow. */
async function write(
  storage: ForwardingStorage,
  selfId: string,
  { changes = 3, timestamp = MINUTE, overwrite = false } = {},
) {
  const failing = new FailingStorage(storage, changes);
  const writer = createMeteringWriter({ storage: failing, pageSizeBytes: 1, overwrite });
  const { category, sharedPoolId } = PAGE;
  await writer
    .write({ timestamp, category, sharedPoolId, selfId, data: RECORDS })
    .catch(() => undefined);
}

describe('follow', () => {
  it('gives a set as soon as it is whole, once', async () => {
    const { storage, followed, keyOf, after } = setUp();
    expect(await followed.look()).toEqual([]);
    await write(storage, 'a');
    expect(await after(1)).toEqual([keyOf('a', 0), keyOf('a', 1), keyOf('a', 2)]);
    await write(storage, 'b');
    expect(await after(1)).toEqual([keyOf('b', 0), keyOf('b', 1), keyOf('b', 2)]);
    expect(await after(1000)).toEqual([]);
  });

  it('gives what read gives', async () => {
    const { storage, followed } = setUp();
    const reader = createMeteringReader({ storage });
    await write(storage, 'a');
    await followed.look();
    expect(followed.pages).toHaveLength(3);
    for (const page of followed.pages) expect(page).toEqual(await reader.read(page));
  });

  it('waits for the rest of a set that is being written', async () => {
    const { storage, followed, keyOf, after } = setUp({ settleSeconds: 120 });
    await write(storage, 'a', { changes: 2 });
    expect(await followed.look()).toEqual([]);
    expect(await after(100)).toEqual([]);
    await write(storage, 'a');
    expect(await after(1)).toEqual([keyOf('a', 0), keyOf('a', 1), keyOf('a', 2)]);
  });

  it('gives a set of unknown size when it has settled: settleSeconds after the end of its minute', async () => {
    const { storage, followed, keyOf, after } = setUp({ settleSeconds: 120 });
    await putPage(storage, { selfId: 'go' });
    expect(await followed.look()).toEqual([]);
    expect(await after(119)).toEqual([]);
    expect(await after(1)).toEqual([keyOf('go')]);
    expect(await after(1)).toEqual([]);
  });

  it('ends with an error when an incomplete set should have settled, and says what is missing', async () => {
    const { storage, followed, after } = setUp({ settleSeconds: 120 });
    await write(storage, 'a', { changes: 2 });
    await write(storage, 'b');
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
    const { storage, logger, followed, keyOf, after } = setUp({
      settleSeconds: 120,
      incomplete: 'skip',
    });
    await write(storage, 'a', { changes: 2 });
    expect(await followed.look()).toEqual([]);
    expect(await after(120)).toEqual([]);
    expect(await after(120)).toEqual([]);
    expect(logger.warnings.map(({ message }) => message)).toEqual([
      'Left out an incomplete set of metering pages',
    ]);
    await write(storage, 'a');
    expect(await after(10_000)).toEqual([keyOf('a', 0), keyOf('a', 1), keyOf('a', 2)]);
  });

  it('gives what is there of an incomplete set if asked to, once', async () => {
    const { storage, followed, keyOf, after } = setUp({
      settleSeconds: 120,
      incomplete: 'include',
    });
    await write(storage, 'a', { changes: 2 });
    expect(await followed.look()).toEqual([]);
    expect(await after(120)).toEqual([keyOf('a', 0), keyOf('a', 1)]);
    await write(storage, 'a');
    expect(await after(1)).toEqual([]);
  });

  it('gives a late set, also one of unknown size if it looks the same twice', async () => {
    const { storage, followed, keyOf, after } = setUp({ from: MINUTE - DAY });
    await write(storage, 'new');
    expect(await followed.look()).toHaveLength(3);
    await write(storage, 'late', { timestamp: MINUTE - 3600 });
    expect(await after(1)).toHaveLength(3);
    await putPage(storage, { selfId: 'go', timestamp: MINUTE - 3600 });
    expect(await after(1)).toEqual([]);
    await putPage(storage, { selfId: 'go', timestamp: MINUTE - 3600, part: 1 });
    expect(await after(1)).toEqual([]);
    const go = [0, 1].map((part) => keyOf('go', part, MINUTE - 3600));
    expect(await after(1)).toEqual(go);
  });

  it('does not lose sight of a late set that is still being written, while time goes on', async () => {
    const { storage, followed, keyOf, after } = setUp({ lateSeconds: 3600 });
    await followed.look();
    await write(storage, 'new', { timestamp: MINUTE + 3600 });
    expect(await after(3600)).toHaveLength(3);
    await putPage(storage, { selfId: 'go' });
    expect(await after(10)).toEqual([]);
    await putPage(storage, { selfId: 'go', part: 1 });
    await write(storage, 'new', { timestamp: MINUTE + 3660 });
    expect(await after(100)).toHaveLength(3);
    expect(await after(10)).toEqual([keyOf('go', 0), keyOf('go', 1)]);
  });

  it('forgets what is older than the late sets that it waits for', async () => {
    const { storage, followed, after } = setUp({ lateSeconds: 3600 });
    await followed.look();
    await write(storage, 'new', { timestamp: MINUTE + 7200 });
    expect(await after(7200)).toHaveLength(3);
    await write(storage, 'late', { timestamp: MINUTE + 3600 });
    await write(storage, 'lost', { timestamp: MINUTE + 3540 });
    expect((await after(10)).every((key) => key.includes('/late-'))).toBe(true);
    expect(followed.checkpoint().from).toBe(MINUTE + 3600);
  });

  it('looks for minutes of writers whose clocks are ahead, and takes no other set to be late for them', async () => {
    const { storage, followed, after } = setUp({ lateSeconds: 3600 });
    await write(storage, 'ahead', { timestamp: MINUTE + 36_000 });
    expect(await followed.look()).toHaveLength(3);
    await write(storage, 'a');
    expect(await after(1)).toHaveLength(3);
  });

  it('does not count an overwritten set anew', async () => {
    const { storage, followed, after } = setUp();
    await write(storage, 'a');
    expect(await followed.look()).toHaveLength(3);
    await write(storage, 'a', { overwrite: true, changes: 9 });
    expect(await after(1)).toEqual([]);
    await write(storage, 'a', { overwrite: true, changes: 3 });
    expect(await after(1000)).toEqual([]);
  });

  it('goes on from a checkpoint: nothing is given twice, nothing is lost', async () => {
    const { clock, storage, followed, keyOf, after } = setUp({ incomplete: 'skip' });
    await write(storage, 'a');
    await write(storage, 'b', { changes: 1 });
    expect(await followed.look()).toHaveLength(3);
    expect(await after(1000)).toEqual([]);
    const checkpoint = followed.checkpoint();
    await followed.stop();
    await write(storage, 'b');
    await write(storage, 'c', { timestamp: MINUTE + 600 });
    const next = new Followed({ storage, clock, query: { from: 0, checkpoint } });
    const b = [0, 1, 2].map((part) => keyOf('b', part));
    expect(await next.look()).toEqual([...b, ...[0, 1, 2].map((p) => keyOf('c', p, MINUTE + 600))]);
  });

  it('counts a set as given with its last page, not before: a stop in its middle gives it again', async () => {
    const storage = new ForwardingStorage(createMemoryStorage());
    await write(storage, 'a');
    await write(storage, 'b');
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
    const { storage, followed, after } = setUp({ lateSeconds: 3600 });
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

  it('tells once of a key that is no page, though it finds it in every look', async () => {
    const { storage, followed, after } = setUp();
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
    await write(storage, 'a', { changes: 2 });
    await followed.look();
    for (let looks = 0; looks < 5; looks++) {
      clock.advance(10);
      await followed.look();
    }
    expect(storage.gets).toHaveLength(2);
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

describe('follow, when the storage fails', () => {
  /** Fails every call until it is told to work. */
  class DownStorage extends ForwardingStorage {
    failures = 0;
    left = 0;
    code: 'UNAVAILABLE' | 'PERMISSION_DENIED' = 'UNAVAILABLE';

    override async get(key: string) {
      this.#fail('get', key);
      return super.get(key);
    }

    override async *list(query?: { prefix?: string | undefined }) {
      this.#fail('list', query?.prefix);
      for await (const info of super.list(query)) {
        yield info;
        this.#fail('list', query?.prefix);
      }
    }

    #fail(operation: 'get' | 'list', key: string | undefined): void {
      if (this.left === 0) return;
      this.left -= 1;
      this.failures += 1;
      throw new StorageError({
        code: this.code,
        message: 'down',
        provider: 'test',
        operation,
        key,
      });
    }
  }

  it('waits and goes on when it is back, and logs that', async () => {
    const clock = new ManualClock(MINUTE + 60);
    const storage = new DownStorage(createMemoryStorage());
    const logger = recordingLogger();
    await write(storage, 'a');
    await write(storage, 'b');
    storage.left = 6;
    const followed = new Followed({ storage, clock, logger });
    expect(await followed.look()).toHaveLength(6);
    expect(storage.failures).toBe(6);
    expect(logger.warnings).toHaveLength(6);
  });

  it('tells onEvent of each call that it makes again', async () => {
    const storage = new DownStorage(createMemoryStorage());
    await write(storage, 'a');
    storage.left = 2;
    const events: string[] = [];
    const onEvent = ({ type }: MeteringEvent) => void events.push(type);
    const reader = createMeteringReader({ storage, onEvent });
    for await (const page of reader.follow({ from: MINUTE, pollMs: 1 })) if (page.parts) break;
    expect(events).toEqual(['retry', 'retry']);
  });

  it('throws at once what cannot pass', async () => {
    const clock = new ManualClock(MINUTE + 60);
    const storage = new DownStorage(createMemoryStorage());
    storage.code = 'PERMISSION_DENIED';
    storage.left = 1;
    const followed = new Followed({ storage, clock });
    await followed.look();
    expect(isStorageError(await followed.ended, 'PERMISSION_DENIED')).toBe(true);
  });

  it('ends at once by an abort, with its reason, while it waits for something new', async () => {
    const { followed } = setUp();
    await followed.look();
    const reason = new Error('enough');
    expect(await followed.stop(reason)).toBe(reason);
  });

  it('ends at once by an abort while the storage is down', async () => {
    const storage = new DownStorage(createMemoryStorage());
    storage.left = Number.POSITIVE_INFINITY;
    const abort = new AbortController();
    const reason = new Error('enough');
    const following = createMeteringReader({ storage }).follow(
      { from: MINUTE, pollMs: 1e6 },
      { signal: abort.signal },
    );
    const pages = collect(following);
    abort.abort(reason);
    await expect(pages).rejects.toBe(reason);
  });

  it('ends at once by an abort between two pages', async () => {
    const storage = new ForwardingStorage(createMemoryStorage());
    await write(storage, 'a');
    const abort = new AbortController();
    const reason = new Error('enough');
    const following = createMeteringReader({ storage }).follow(
      { from: MINUTE },
      { signal: abort.signal },
    );
    const pages = following[Symbol.asyncIterator]();
    await pages.next();
    abort.abort(reason);
    await expect(pages.next()).rejects.toBe(reason);
  });
});

describe('follow refuses', () => {
  it.each([
    [undefined, ['from']],
    [{ from: 1.5 }, ['from']],
    [{ from: MINUTE * 1000 }, ['from']],
    [{ from: MINUTE, pollMs: -1, settleSeconds: Number.NaN }, ['pollMs', 'settleSeconds']],
    [{ from: MINUTE, settleSeconds: 100, lateSeconds: 99 }, ['lateSeconds']],
    [{ from: MINUTE, category: '', incomplete: 'maybe' }, ['category', 'incomplete']],
    [{ from: MINUTE, checkpoint: 'x' }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: null }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: { version: 2, from: MINUTE, given: {} } }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: { version: 1, from: '', given: {} } }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: { version: 1, from: 0, given: { w: [[60]] } } }, ['checkpoint']],
    [
      { from: MINUTE, checkpoint: { version: 1, from: 0, given: { w: [[120, 60]] } } },
      ['checkpoint'],
    ],
  ])('the query %j, naming every field', async (query, paths) => {
    const reader = createMeteringReader({ storage: createMemoryStorage() });
    const error = await collect(reader.follow(query as FollowQuery)).catch((reason) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toEqual(paths);
  });
});
