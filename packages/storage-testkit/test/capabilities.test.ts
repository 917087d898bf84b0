import assert from 'node:assert/strict';
import type { StorageProvider } from '@metering/core';
import { describe, it } from 'vitest';
import { createCapableStorage, createUnknowingStorage } from './support/capable-storage.ts';
import { harnessOf } from './support/harness-of.ts';
import { recordCases, runCase } from './support/recorder.ts';

interface Kind {
  readonly what: string;
  readonly createStorage: () => StorageProvider;
  /** The conditions under which cases are skipped, each with the reason that the runner is told. */
  readonly skips: Readonly<Record<string, string>>;
}

const KINDS: readonly Kind[] = [
  {
    what: 'without an exclusive create',
    createStorage: () => createCapableStorage({ exclusiveCreate: false, listOrder: 'utf8' }),
    skips: {
      'create is exclusive': 'exclusiveCreate is false',
      'exclusiveCreate is unknown': 'exclusiveCreate is false',
      'listOrder is utf16': 'listOrder is utf8',
    },
  },
  {
    what: 'that lists by UTF-16',
    createStorage: () => createCapableStorage({ exclusiveCreate: true, listOrder: 'utf16' }),
    skips: {
      'exclusiveCreate is false': 'exclusiveCreate is true',
      'exclusiveCreate is unknown': 'exclusiveCreate is true',
      'listOrder is utf8': 'listOrder is utf16',
    },
  },
  {
    what: 'that finds out that its create is exclusive',
    createStorage: () => createUnknowingStorage(true),
    skips: {
      'exclusiveCreate is false': 'exclusiveCreate is unknown',
      'listOrder is utf16': 'listOrder is utf8',
    },
  },
  {
    what: 'that finds out that it has no exclusive create',
    createStorage: () => createUnknowingStorage(false),
    skips: {
      'create is exclusive': 'exclusiveCreate was unknown, and create turned out to be UNSUPPORTED',
      'exclusiveCreate is false': 'exclusiveCreate is unknown',
      'listOrder is utf16': 'listOrder is utf8',
    },
  },
];

describe('a store whose capabilities are others passes, with just those cases skipped that it cannot meet', () => {
  for (const { what, createStorage, skips } of KINDS) {
    it(`a store ${what}`, async () => {
      const skipped: Record<string, string> = {};
      for (const recorded of recordCases(harnessOf(createStorage))) {
        const [, condition] = / \[skipped unless (.*)\]$/.exec(recorded.name) ?? [];
        const outcome = await runCase(recorded);
        assert.equal(outcome.error, undefined, recorded.name);
        if (outcome.skipped === undefined) continue;
        assert.ok(condition, `${recorded.name} must say when it is skipped`);
        skipped[condition] = outcome.skipped;
      }
      assert.deepEqual(skipped, skips);
    });
  }
});
