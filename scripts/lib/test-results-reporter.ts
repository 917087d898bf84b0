import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';
import { type SkippedTest, TEST_RESULTS_FILE, type TestResults } from './test-results.ts';

/** What vitest hands over of an error outside of any test. */
interface ErrorOutsideTests {
  readonly message: string;
}

/** Keeps what `npm test` sums up: a package that turbo answers from its cache counts, too. */
export class TestResultsReporter implements Reporter {
  #root = '.';

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly ErrorOutsideTests[],
  ): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const results: TestResults = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: [
        ...tests.filter((test) => test.result().state === 'failed').map((test) => test.fullName),
        ...modules.flatMap((module) => this.#failuresOutsideTests(module)),
        ...unhandledErrors.map((error) => `unhandled error: ${firstLine(error.message)}`),
      ],
      skipped: tests.flatMap((test) => skippedTest(test)),
    };
    const file = resolve(this.#root, TEST_RESULTS_FILE);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(results, null, 2));
  }

  /** A file that does not load, a hook that throws: no test fails, and yet the run did. */
  #failuresOutsideTests(module: TestModule): string[] {
    const suites = [module, ...module.children.allSuites()];
    const errors = suites.flatMap((suite) => suite.errors());
    const file = relative(this.#root, module.moduleId);
    return errors.map((error) => `${file}: ${firstLine(error.message)}`);
  }
}

function skippedTest(test: TestCase): SkippedTest[] {
  const result = test.result();
  if (result.state !== 'skipped') return [];
  return [{ name: test.fullName, reason: result.note }];
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
