import type { TestResults } from './test-results.ts';

/** A package that was to be tested, and what its run left; `undefined` where it left nothing. */
export interface TestedPackage {
  readonly name: string;
  readonly results: TestResults | undefined;
}

/** What `npm test` says at its end, and whether that is success. */
export interface TestSummary {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

const NO_RESULTS: TestResults = { passed: 0, failed: ['its run left no results'], skipped: [] };
/** Of a package that has none, which is a failure. */
export const NO_TESTS: TestResults = { passed: 0, failed: ['it has no tests'], skipped: [] };

/** Sums up a run: each package with what failed or was skipped in it, and the counts of all. */
export function summarizeTests(
  packages: readonly TestedPackage[],
  runSucceeded: boolean,
): TestSummary {
  const tested = packages.map(({ name, results = NO_RESULTS }) => ({
    name,
    results: isEmpty(results) ? NO_TESTS : results,
  }));
  const lines = packageLines(tested);
  const total = addUp(tested.map(({ results }) => results));
  if (!runSucceeded && total.failed.length === 0) {
    total.failed.push('a run failed outside of its tests');
    lines.push(`  failed   ${total.failed[0]}`);
  }
  if (packages.length === 0) {
    lines.push('no package was tested');
    if (total.failed.length === 0) total.failed.push('no package was tested');
  }
  return {
    ok: total.failed.length === 0 && total.passed > 0,
    lines: [...lines, '', countsOf(total)],
  };
}

/** `12 passed, 0 failed`, and `, 3 skipped` where there are any. */
function countsOf({ passed, failed, skipped }: TestResults): string {
  const counts = `${passed} passed, ${failed.length} failed`;
  return skipped.length === 0 ? counts : `${counts}, ${skipped.length} skipped`;
}

function isEmpty({ passed, failed, skipped }: TestResults): boolean {
  return passed + failed.length + skipped.length === 0;
}

function addUp(results: readonly TestResults[]) {
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.flatMap(({ failed }) => failed),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
}

function packageLines(packages: readonly { name: string; results: TestResults }[]): string[] {
  const width = Math.max(0, ...packages.map(({ name }) => name.length));
  return packages.flatMap(({ name, results }) => [
    `${name.padEnd(width)}  ${countsOf(results)}`,
    ...results.failed.map((failure) => `  failed   ${failure}`),
    ...results.skipped.map(
      (test) => `  skipped  ${[test.name, test.reason].filter(Boolean).join(': ')}`,
    ),
  ]);
}
