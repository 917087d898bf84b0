import { describe, expect, it } from 'vitest';
import type { ObjectInfo } from '../../src/index.ts';
import { caught } from '../support/caught.ts';
import { collect } from '../support/collect.ts';
import { info, infos, provider } from '../support/fake-provider.ts';

describe('list', () => {
  it('is lazy: nothing is asked before the first object is, and no object before its turn', async () => {
    const asked: string[] = [];
    const storage = provider({
      async *list() {
        for (const key of ['a', 'b', 'c']) {
          asked.push(key);
          yield info(key);
        }
      },
    });
    const objects = storage.list()[Symbol.asyncIterator]();
    expect(asked).toEqual([]);
    expect((await objects.next()).value).toEqual(info('a'));
    expect(asked).toEqual(['a']);
  });

  it('leaves out what no get could name', async () => {
    const storage = provider({
      list: () => infos('a', 'b/', '/c', 'd//e', '../f', 'g\u0001', 'h'),
    });
    expect((await collect(storage.list())).map(({ key }) => key)).toEqual(['a', 'h']);
  });

  it('has the backend clean up before it goes on, where it is left early', async () => {
    const events: string[] = [];
    const storage = provider({
      async *list() {
        try {
          yield info('a');
          yield info('b');
        } finally {
          await Promise.resolve();
          events.push('cleaned up');
        }
      },
    });
    for await (const _ of storage.list()) break;
    events.push('gone on');
    expect(events).toEqual(['cleaned up', 'gone on']);
  });

  it('does not have it clean up after the end, and hides no failure behind one of cleaning up', async () => {
    let returned = 0;
    const listing = (next: () => Promise<IteratorResult<ObjectInfo>>) =>
      provider({
        list: () => ({
          [Symbol.asyncIterator]: () => ({
            next,
            return: () => {
              returned += 1;
              throw new Error('cleaning up failed');
            },
          }),
        }),
      });
    await collect(listing(async () => ({ done: true, value: undefined })).list());
    expect(returned).toBe(0);
    const failing = listing(() => Promise.reject(new Error('the listing failed')));
    expect(await caught(() => collect(failing.list()))).toMatchObject({
      message: 'fake list: the listing failed',
    });
  });

  it('has the backend clean up after an abort too', async () => {
    let cleanedUp: () => void = () => undefined;
    const cleaned = new Promise<void>((resolve) => {
      cleanedUp = resolve;
    });
    const controller = new AbortController();
    const storage = provider({
      async *list() {
        try {
          yield info('a');
          yield info('b');
        } finally {
          cleanedUp();
        }
      },
    });
    const run = async () => {
      for await (const _ of storage.list({}, { signal: controller.signal }))
        controller.abort('gone');
    };
    expect(await caught(run)).toBe('gone');
    await cleaned;
  });
});
