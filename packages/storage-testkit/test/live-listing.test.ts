import assert from 'node:assert/strict';
import { createMemoryStorage, defineStorageProvider, type StorageProvider } from '@metering/core';
import { it } from 'vitest';
import { harnessOf } from './support/harness-of.ts';
import { recordCases, runCase } from './support/recorder.ts';

const NAME = 'list: writing meanwhile neither hides nor repeats what was there';

/**
 * The case wrote a new key after each one that it was given, also after those that it had written itself. A store
 * of few objects a page showed them, and so it went on until a key was too long: a sound store failed.
 */
it(`a store passes whose pages are small and show what was written meanwhile: ${NAME}`, async () => {
  const cases = recordCases(harnessOf(createPagedStorage)).filter(({ name }) => name === NAME);
  assert.equal(cases.length, 2);
  for (const recorded of cases) {
    const { error } = await runCase(recorded);
    if (error !== undefined) throw error;
  }
});

/** A sound store that looks anew for each object that it lists. */
function createPagedStorage(): StorageProvider {
  const memory = createMemoryStorage();
  return defineStorageProvider({
    name: memory.name,
    capabilities: memory.capabilities,
    put: (key, body, options) => memory.put(key, body, options),
    get: (key, options) => memory.get(key, options),
    head: (key, options) => memory.head(key, options),
    delete: (key, options) => memory.delete(key, options),
    async *list({ prefix, startAfter }, options) {
      const next = async (after: string) => {
        for await (const object of memory.list({ prefix, startAfter: after }, options))
          return object;
        return undefined;
      };
      for (let object = await next(startAfter); object; object = await next(object.key))
        yield object;
    },
    close: () => memory.close(),
    classifyError: () => undefined,
  });
}
