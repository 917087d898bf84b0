import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What became of one package's tests. Where a test package stands, its results stand in `.results`. */
export interface TestResults {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly SkippedTest[];
}

export interface SkippedTest {
  readonly name: string;
  /** What the test gave as its reason; a name often says it already. */
  readonly reason?: string | undefined;
}

/** Relative to the package's folder. */
export const TEST_RESULTS_FILE = '.results/tests.json';

/** The results of a package that has been tested, or `undefined` where the run left none. */
export async function readTestResults(folder: string): Promise<TestResults | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, TEST_RESULTS_FILE), 'utf8'));
  } catch {
    return undefined;
  }
}
