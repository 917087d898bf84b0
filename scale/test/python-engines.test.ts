import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { type PythonEngine, queryTotals, whyNot } from './support/python-engine.ts';
import { ourTotals, sorted } from './support/totals.ts';
import { addGoFiles, writeUsage } from './support/usage-files.ts';

const ENGINES: readonly PythonEngine[] = [
  { name: 'clickhouse', module: 'chdb' },
  { name: 'spark', module: 'pyspark' },
];

// Spark takes its time to start.
describe.each(ENGINES)('$name on the files as they are', { timeout: 300_000 }, (engine) => {
  it('adds up what we and what Go wrote as we do, to the last unit', async (context) => {
    const problem = whyNot(engine);
    if (problem !== undefined) context.skip(problem);
    const folder = await temporaryFolder();
    await writeUsage(folder);
    addGoFiles(folder);
    expect(sorted(queryTotals(engine, folder))).toEqual(await ourTotals(folder));
  });
});
