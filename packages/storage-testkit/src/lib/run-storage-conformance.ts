import { abortCases } from './cases/abort.ts';
import { atomicCases } from './cases/atomic.ts';
import { createCases } from './cases/create.ts';
import { deleteCases } from './cases/delete.ts';
import { getCases } from './cases/get.ts';
import { headCases } from './cases/head.ts';
import { keyCases } from './cases/keys.ts';
import { lifecycleCases } from './cases/lifecycle.ts';
import { listCases } from './cases/list.ts';
import { listIterationCases } from './cases/list-iteration.ts';
import { listQueryCases } from './cases/list-query.ts';
import { prefixCases } from './cases/prefix.ts';
import { putCases } from './cases/put.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { skipTest } from './skip-test.ts';
import type { StorageHarness } from './storage-harness.ts';
import { BARE, BELOW_A_PREFIX, type View } from './views.ts';
import { withSubject } from './with-subject.ts';

/** The test runner's two functions, and how to make a store. */
export interface ConformanceOptions {
  /** Of vitest, `node:test`, mocha, bun, …; it runs `define` before it returns. */
  readonly describe: (name: string, define: () => void) => unknown;
  /** Of the same runner. `timeoutMs` is what vitest, Jest and bun take there; others ignore it. */
  readonly it: (name: string, test: () => Promise<void>, timeoutMs?: number) => unknown;
  /** Makes a fresh, empty, isolated store: called at least once for each case. */
  readonly createHarness: () => Promise<StorageHarness>;
}

const CASE_TIMEOUT_MS = 60_000;
/** What holds of every storage, and of every view of one. */
const STORAGE_CASES: readonly ConformanceCase[] = [
  ...lifecycleCases,
  ...putCases,
  ...atomicCases,
  ...createCases,
  ...getCases,
  ...headCases,
  ...deleteCases,
  ...listCases,
  ...listQueryCases,
  ...listIterationCases,
  ...keyCases,
  ...abortCases,
];

/**
 * Registers the tests that every storage provider passes: each sentence of the contract, on the storage
 * itself and through `withPrefix`. What only some stores can do is tested as their `capabilities` say,
 * and skipped for the others, where the runner has a way to skip a test that runs (`context.skip`).
 *
 * @throws TypeError where one of the three is no function.
 */
export function runStorageConformance(options: ConformanceOptions): void {
  for (const name of ['describe', 'it', 'createHarness'] as const) {
    if (typeof options[name] === 'function') continue;
    throw new TypeError(`runStorageConformance: ${name} must be a function`);
  }
  registerView(options, BARE, STORAGE_CASES);
  registerView(options, BELOW_A_PREFIX, [...STORAGE_CASES, ...prefixCases]);
}

function registerView(
  { describe, it, createHarness }: ConformanceOptions,
  view: View,
  cases: readonly ConformanceCase[],
): void {
  describe(`storage conformance, ${view.name}`, () => {
    for (const conformanceCase of cases) {
      const test = testOf(conformanceCase, view, createHarness);
      it(titleOf(conformanceCase), test, CASE_TIMEOUT_MS);
    }
  });
}

/** The condition is in the name, for runners that cannot show a skip that is found while running. */
function titleOf({ name, when }: ConformanceCase): string {
  return when === undefined ? name : `${name} [skipped unless ${when.condition}]`;
}

function testOf(
  { when, run }: ConformanceCase,
  view: View,
  createHarness: () => Promise<StorageHarness>,
): () => Promise<void> {
  // No parameters: mocha and Jest would take one for a callback, vitest's `test.extend` for fixtures.
  return async function (this: unknown) {
    // biome-ignore lint/complexity/noArguments: the runner's context, if it gives one.
    const contexts = [...arguments, this];
    await withSubject(createHarness, view, async (subject) => {
      const unmet = await when?.unmet(subject.storage);
      if (unmet === undefined) await run(subject);
      else skipTest(contexts, unmet);
    });
  };
}
