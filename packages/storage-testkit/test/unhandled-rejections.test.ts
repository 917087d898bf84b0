import assert from 'node:assert/strict';
import { it } from 'vitest';
import { broken } from './mutants/mutant.ts';
import { harnessOf } from './support/harness-of.ts';
import { recordCases, runCase } from './support/recorder.ts';

it('a listing that fails while nobody reads it is found', async () => {
  const createStorage = broken((sound) => ({
    list: (query, options) => {
      const objects = sound.list(query, options)[Symbol.asyncIterator]();
      const first = objects.next();
      return (async function* () {
        const { value, done } = await first;
        if (!done) yield value;
      })();
    },
  }));
  const cases = recordCases(harnessOf(createStorage));
  const unread = cases.find(({ name }) => name.startsWith('list: a listing that nobody reads'))!;
  const { error } = await withoutOtherListeners(() => runCase(unread));
  assert.match(String(error), /a rejection was left unhandled/);
});

it('an abort that leaves a rejection unhandled is found', async () => {
  const createStorage = broken((sound) => ({
    get: (key, options) => {
      options?.signal?.addEventListener('abort', () => void Promise.reject(new Error('left')));
      return sound.get(key, options);
    },
  }));
  const cases = recordCases(harnessOf(createStorage));
  const aborted = cases.find(({ name }) => name === 'abort: leaves no rejection unhandled')!;
  const { error } = await withoutOtherListeners(() => runCase(aborted));
  assert.match(String(error), /a rejection was left unhandled/);
});

/** The test runner listens too, and would fail this very test. */
async function withoutOtherListeners<T>(run: () => Promise<T>): Promise<T> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  try {
    return await run();
  } finally {
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}
