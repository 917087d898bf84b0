import { describe, expect, it } from 'vitest';
import { OneByOne } from '../../src/lib/ranges/one-by-one.ts';
import { collect } from '../support/collect.ts';

describe('items one by one', () => {
  it('are those of the batches, in order', async () => {
    expect(await collect(new OneByOne(batches(), undefined))).toEqual([1, 2, 3, 4, 5]);
  });

  it('answer calls that do not wait for each other in their order', async () => {
    const items = new OneByOne(batches(), undefined);
    const results = await Promise.all(Array.from({ length: 7 }, () => items.next()));
    expect(results.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, undefined, undefined]);
    expect(results.map(({ done }) => done)).toEqual([...Array(5).fill(false), true, true]);
  });

  it('end with what the batches end with, once', async () => {
    const items = new OneByOne(batches(new Error('broken')), undefined);
    const given: unknown[] = [];
    for (let count = 0; count < 5; count++) given.push((await items.next()).value);
    await expect(items.next()).rejects.toThrow('broken');
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(given).toEqual([1, 2, 3, 4, 5]);
  });

  it('end the batches when their loop is left', async () => {
    let ended = false;
    const items = new OneByOne(
      batches(undefined, () => {
        ended = true;
      }),
      undefined,
    );
    for await (const item of items) if (item === 2) break;
    expect(ended).toBe(true);
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it('end by an abort in the middle of a batch', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const items = new OneByOne(batches(undefined, undefined, abort.signal), abort.signal);
    await items.next();
    abort.abort(reason);
    await expect(items.next()).rejects.toBe(reason);
  });
});

async function* batches(
  error?: Error,
  onEnd: () => void = () => undefined,
  signal?: AbortSignal,
): AsyncGenerator<number[]> {
  try {
    for (const batch of [[1, 2, 3], [4], [5]]) {
      yield batch;
      signal?.throwIfAborted();
    }
    if (error !== undefined) throw error;
  } finally {
    onEnd();
  }
}
