import { describe, it } from 'node:test';
import { runStorageConformance } from '../../src/index.ts';
import { broken } from '../mutants/mutant.ts';
import { harnessOf } from '../support/harness-of.ts';

const createStorage = broken((sound) => ({
  get: (key, options) => sound.get(key, { signal: options?.signal }),
}));

runStorageConformance({ describe, it, createHarness: harnessOf(createStorage) });
