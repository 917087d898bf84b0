import assert from 'node:assert/strict';
import { createMemoryStorage } from '@metering/core';
import { describe, it } from 'vitest';
import { type ConformanceOptions, runStorageConformance } from '../src/index.ts';
import { createCapableStorage } from './support/capable-storage.ts';
import { harnessOf } from './support/harness-of.ts';
import { type RecordedCase, recordCases, runCase } from './support/recorder.ts';

const createNonExclusive = () =>
  createCapableStorage({ exclusiveCreate: false, listOrder: 'utf8' });

describe('registering', () => {
  it('groups every case twice, bare and below a prefix, each name once', () => {
    const cases = recordCases(harnessOf(createMemoryStorage));
    const namesOf = (group: string) =>
      cases.filter((recorded) => recorded.group === group).map(({ name }) => name);
    const bare = namesOf('storage conformance, bare');
    const prefixed = namesOf('storage conformance, below a prefix');
    assert.equal(bare.length + prefixed.length, cases.length);
    assert.equal(new Set(bare).size, bare.length);
    assert.equal(new Set(prefixed).size, prefixed.length);
    assert.deepEqual(bare, prefixed.slice(0, bare.length));
    assert.ok(prefixed.slice(bare.length).every((name) => name.startsWith('prefix: ')));
  });

  it('is done when the call returns, before any store is opened', () => {
    const cases = recordCases(() => Promise.reject(new Error('opened')));
    assert.ok(cases.length > 200);
  });

  it('hands over tests without parameters: runners take them for callbacks or fixtures', () => {
    for (const { test } of recordCases(harnessOf(createMemoryStorage))) {
      assert.match(String(test), /^async function *\(\)/);
    }
  });

  it('refuses what is no function', () => {
    const sound = { describe, it, createHarness: harnessOf(createMemoryStorage) };
    for (const name of ['describe', 'it', 'createHarness']) {
      const options = { ...sound, [name]: undefined } as unknown as ConformanceOptions;
      assert.throws(() => runStorageConformance(options), {
        name: 'TypeError',
        message: `runStorageConformance: ${name} must be a function`,
      });
    }
  });
});

describe('skipping', () => {
  const gated = (): RecordedCase => {
    const cases = recordCases(harnessOf(createNonExclusive));
    return cases.find(({ name }) => name.includes('of 50 racers with equal bytes'))!;
  };

  it('tells the context that the runner passes', async () => {
    assert.deepEqual(await runCase(gated()), { skipped: 'exclusiveCreate is false' });
  });

  it('tells the context that mocha has as `this`, whose way to skip is to throw', async () => {
    const pending = new Error('skipped');
    const skip = () => {
      throw pending;
    };
    await assert.rejects(gated().test.call({ skip }), (error) => error === pending);
  });

  it('has the condition in the name, for a runner that has no way to skip a test that runs', async () => {
    const recorded = gated();
    assert.match(recorded.name, / \[skipped unless create is exclusive\]$/);
    await recorded.test.call(undefined);
  });
});

describe('harnesses', () => {
  const findCase = (cases: readonly RecordedCase[], start: string) =>
    cases.find(({ name }) => name.startsWith(start))!;

  it('are opened for each case and closed whether it passes, fails or is skipped', async () => {
    for (const start of ['put: an empty', 'create: never', 'harness:', 'list: startAfter is']) {
      let open = 0;
      const cases = recordCases(async () => {
        open += 1;
        const close = async () => {
          open -= 1;
        };
        return { storage: brokenList(), close };
      });
      await runCase(findCase(cases, start));
      assert.equal(open, 0, start);
    }
  });

  it('that cannot be closed fail the case, but do not hide why it failed', async () => {
    const close = () => Promise.reject(new Error('not closed'));
    const cases = recordCases(async () => ({ storage: brokenList(), close }));
    const passed = await runCase(findCase(cases, 'put: an empty'));
    assert.equal((passed.error as Error).message, 'not closed');
    const failed = await runCase(findCase(cases, 'list: startAfter is'));
    assert.equal((failed.error as Error).message, 'cannot list');
  });
});

function brokenList() {
  const storage = createNonExclusive();
  storage.list = () => {
    throw new Error('cannot list');
  };
  return storage;
}
