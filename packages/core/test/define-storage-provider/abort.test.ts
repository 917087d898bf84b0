import { describe, expect, it } from 'vitest';
import { exists, StorageError } from '../../src/index.ts';
import { caught } from '../support/caught.ts';
import { calls, info, provider } from '../support/fake-provider.ts';
import { noUnhandledRejections } from '../support/no-unhandled-rejections.ts';

const never = () => new Promise<never>(() => undefined);

describe('an abort', () => {
  const reasons = [
    ['the default', undefined],
    ['an error', new Error('stop')],
    ['text', 'stop'],
    ['null', null],
  ] as const;

  it.each(calls)('before the call asks nothing of the backend: %s', async (_, call) => {
    for (const [, reason] of reasons) {
      const signal = AbortSignal.abort(reason);
      expect(await caught(() => call(provider({}), signal))).toBe(signal.reason);
    }
  });

  it.each(calls)(
    'during the call rejects at once, however deaf the backend: %s',
    async (_, call) => {
      const settled = noUnhandledRejections();
      const deaf = provider({
        put: never,
        get: never,
        head: never,
        delete: never,
        list: () => ({ [Symbol.asyncIterator]: () => ({ next: never, return: never }) }),
      });
      for (const [, reason] of reasons) {
        const controller = new AbortController();
        const waiting = caught(() => call(deaf, controller.signal));
        controller.abort(reason);
        expect(await waiting).toBe(controller.signal.reason);
      }
      await settled();
    },
  );

  it('is the reason itself where the backend hears it and throws an error of its own', async () => {
    const controller = new AbortController();
    const storage = provider({
      get: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('wrapped by the client')));
        }),
      classifyError: () => ({ code: 'UNAVAILABLE' }),
    });
    const waiting = caught(() => storage.get('k', { signal: controller.signal }));
    controller.abort('gone');
    expect(await waiting).toBe('gone');
  });

  it('is no success where its reason is a NOT_FOUND of another call: a delete took it for its own', async () => {
    const reason = new StorageError({
      code: 'NOT_FOUND',
      message: 'of another call',
      provider: 'fake',
      operation: 'get',
    });
    const deaf = provider({ delete: never, head: never });
    for (const call of [
      (signal: AbortSignal) => deaf.delete('k', { signal }),
      (signal: AbortSignal) => exists(deaf, 'k', { signal }),
    ]) {
      expect(await caught(() => call(AbortSignal.abort(reason)))).toBe(reason);
      const controller = new AbortController();
      const waiting = caught(() => call(controller.signal));
      controller.abort(reason);
      expect(await waiting).toBe(reason);
    }
  });

  it('leaves no rejection unhandled where the backend fails after it', async () => {
    const settled = noUnhandledRejections();
    const controller = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const storage = provider({
      get: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    });
    const waiting = caught(() => storage.get('k', { signal: controller.signal }));
    controller.abort('gone');
    fail(new Error('too late'));
    expect(await waiting).toBe('gone');
    await settled();
  });

  it('between two objects of a listing asks nothing more of the backend', async () => {
    const controller = new AbortController();
    let asked = 0;
    const storage = provider({
      async *list() {
        for (const key of ['a', 'b', 'c']) {
          asked += 1;
          yield info(key);
        }
      },
    });
    const objects = storage.list({}, { signal: controller.signal })[Symbol.asyncIterator]();
    await objects.next();
    controller.abort('gone');
    expect(await caught(() => objects.next())).toBe('gone');
    expect(asked).toBe(1);
  });
});
