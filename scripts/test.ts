/** `npm test [-- turbo options]`: every package's tests, summed up. Ends with `N passed, N failed`. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readTestResults, TEST_RESULTS_FILE } from './lib/test-results.ts';
import { NO_TESTS, summarizeTests } from './lib/test-summary.ts';
import { toolVersions } from './lib/tool-versions.ts';
import { hasScript, planTasks, runTasks } from './lib/turbo.ts';

const WORKSPACE = join(import.meta.dirname, '..');
/** Vitest runs a worker for each core but one, so two packages at once keep every core busy. */
const RUN_OPTIONS = ['--concurrency=2', '--continue', '--output-logs=new-only'];

process.chdir(WORKSPACE);
process.env.TEST_TOOL_VERSIONS = toolVersions();
const options = process.argv.slice(2);
// A tool need not be tested by itself. What is published must be, and fails here where it has no tests.
const tasks = (await planTasks('test', options)).filter(
  (task) => hasScript(task) || task.directory.startsWith('packages/'),
);
// What an earlier run left must not pass for this one's; turbo puts back what it has cached.
await Promise.all(
  tasks.map(({ directory }) => rm(join(directory, TEST_RESULTS_FILE), { force: true })),
);
const exitCode = await runTasks('test', [...RUN_OPTIONS, ...options]);
const packages = await Promise.all(
  tasks.map(async (task) => ({
    name: task.package,
    results: hasScript(task) ? await readTestResults(task.directory) : NO_TESTS,
  })),
);
const summary = summarizeTests(packages, exitCode === 0);
console.log(`\n${summary.lines.join('\n')}`);
process.exitCode = summary.ok ? 0 : 1;
