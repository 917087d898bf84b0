import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Expiring, renewing } from '../src/building-blocks.ts';
import { caught } from './support/caught.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let nowMs = 0;
const now = () => nowMs;

/** Gives 1, 2, 3, …, each good for so long; fails where the plan says so. */
function source(lifeMs: number | undefined, failures: readonly number[] = []) {
  let asked = 0;
  return vi.fn(async (): Promise<Expiring<number>> => {
    asked += 1;
    if (failures.includes(asked)) throw new Error(`failure ${asked}`);
    return { value: asked, expiresAtMs: lifeMs === undefined ? undefined : nowMs + lifeMs };
  });
}

beforeEach(() => {
  nowMs = 1_000_000;
});

describe('renewing', () => {
  it('asks once for many callers', async () => {
    const asked = source(HOUR_MS);
    const get = renewing(asked, { now });
    const values = await Promise.all(Array.from({ length: 10 }, () => get()));
    expect(new Set(values.map(({ value }) => value))).toEqual(new Set([1]));
    expect((await get()).value).toBe(1);
    expect(asked).toHaveBeenCalledOnce();
  });

  it('renews before the value expires: five minutes, or a fifth of a short life', async () => {
    for (const [lifeMs, goodForMs] of [
      [HOUR_MS, HOUR_MS - 5 * MINUTE_MS],
      [10 * MINUTE_MS, 8 * MINUTE_MS],
    ] as const) {
      const get = renewing(source(lifeMs), { now });
      expect((await get()).value).toBe(1);
      nowMs += goodForMs - 1;
      expect((await get()).value).toBe(1);
      nowMs += 1;
      expect((await get()).value).toBe(2);
    }
  });

  it('asks again every five minutes for what is not known to expire', async () => {
    const get = renewing(source(undefined), { now });
    expect((await get()).value).toBe(1);
    nowMs += 5 * MINUTE_MS - 1;
    expect((await get()).value).toBe(1);
    nowMs += 1;
    expect((await get()).value).toBe(2);
  });

  it('keeps what is still good after a failure, and tries again ten seconds later', async () => {
    const asked = source(HOUR_MS, [2]);
    const get = renewing(asked, { now });
    await get();
    nowMs += HOUR_MS - 5 * MINUTE_MS;
    expect((await get()).value).toBe(1);
    nowMs += 9_999;
    expect((await get()).value).toBe(1);
    expect(asked).toHaveBeenCalledTimes(2);
    nowMs += 1;
    expect((await get()).value).toBe(3);
  });

  it('fails where there is nothing good, all that wait with the reason, and the next call tries again', async () => {
    const asked = source(HOUR_MS, [1, 3]);
    const get = renewing(asked, { now });
    const outcomes = await Promise.allSettled([get(), get()]);
    for (const outcome of outcomes) {
      expect((outcome as PromiseRejectedResult).reason).toEqual(new Error('failure 1'));
    }
    expect((await get()).value).toBe(2);
    nowMs += HOUR_MS;
    expect(await caught(() => get())).toEqual(new Error('failure 3'));
    expect((await get()).value).toBe(4);
  });

  it('never gives out what comes expired already', async () => {
    const get = renewing(source(0), { now });
    await expect(get()).rejects.toThrow('expired already');
  });

  it('asks again after a source that threw at once: that renewal never ended, nor did the old value', async () => {
    let failing = true;
    const get = renewing(
      () => {
        if (failing) throw new Error('no promise at all');
        return Promise.resolve({ value: nowMs, expiresAtMs: nowMs + HOUR_MS });
      },
      { now },
    );
    await expect(get()).rejects.toThrow('no promise at all');
    failing = false;
    const first = await get();
    failing = true;
    nowMs += HOUR_MS - MINUTE_MS;
    expect(await get()).toBe(first);
    nowMs += MINUTE_MS;
    await expect(get()).rejects.toThrow('no promise at all');
  });

  it('lets one caller go without ending the renewal that others wait for', async () => {
    const get = renewing(source(HOUR_MS), { now });
    const controller = new AbortController();
    const leaving = caught(() => get(controller.signal));
    const staying = get();
    controller.abort('gone');
    expect(await leaving).toBe('gone');
    expect((await staying).value).toBe(1);
  });
});
