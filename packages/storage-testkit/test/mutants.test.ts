import assert from 'node:assert/strict';
import type { StorageProvider } from '@metering/core';
import { describe, it } from 'vitest';
import { abortMutants } from './mutants/abort-mutants.ts';
import { keyMutants } from './mutants/key-mutants.ts';
import { lifecycleMutants } from './mutants/lifecycle-mutants.ts';
import { listMutants } from './mutants/list-mutants.ts';
import type { Mutant } from './mutants/mutant.ts';
import { readMutants } from './mutants/read-mutants.ts';
import { writeMutants } from './mutants/write-mutants.ts';
import { harnessOf } from './support/harness-of.ts';
import { type Outcome, recordCases, runCase } from './support/recorder.ts';

const MUTANTS: readonly Mutant[] = [
  ...writeMutants,
  ...readMutants,
  ...listMutants,
  ...keyMutants,
  ...abortMutants,
  ...lifecycleMutants,
];

/** What every one of them can still do. */
const SOUND = 'put: every value of a byte comes back';

describe('a provider with one fault fails at the case that names it', () => {
  for (const { fault, foundBy, createStorage } of MUTANTS) {
    it(`${fault} → ${foundBy}`, async () => {
      const run = runnerOf(createStorage);
      assert.ok('error' in (await run(foundBy)), 'the case must fail');
      assert.ok(!('error' in (await run(SOUND))), 'only what is broken may fail');
    });
  }
});

/** Runs one case of the suite, by its name, on the bare storage. */
function runnerOf(createStorage: () => StorageProvider): (name: string) => Promise<Outcome> {
  const cases = recordCases(harnessOf(createStorage));
  return (name) => {
    const named = cases.find((recorded) => nameOf(recorded.name) === name);
    assert.ok(named, `the suite must have the case ${name}`);
    return runCase(named);
  };
}

/** The name without the condition under which the case is skipped. */
function nameOf(title: string): string {
  return title.replace(/ \[skipped unless .*\]$/, '');
}
