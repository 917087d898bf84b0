import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { type PythonEngine, queryTotals, whyNot } from './support/python-engine.ts';
import { ourTotals, sorted, unseen } from './support/totals.ts';
import { addGoFiles, addHiddenNames, addLookalikes, writeUsage } from './support/usage-files.ts';

const ENGINES: readonly PythonEngine[] = [
  { name: 'clickhouse', module: 'chdb', passesOver: [] },
  { name: 'spark', module: 'pyspark', passesOver: ['.selfId', '_selfId'] },
];

// Spark takes its time to start.
describe.each(ENGINES)('$name on the files as they are', { timeout: 300_000 }, (engine) => {
  it('adds up what we and what Go wrote as we do, to the last unit', async (context) => {
    const problem = whyNot(engine);
    if (problem !== undefined) context.skip(problem);
    const folder = await temporaryFolder();
    await writeUsage(folder);
    addGoFiles(folder);
    addLookalikes(folder);
    expect(sorted(queryTotals(engine, folder))).toEqual(await ourTotals(folder));
  });

  it('passes over the hidden names that the document says', async (context) => {
    const problem = whyNot(engine);
    if (problem !== undefined) context.skip(problem);
    const folder = await temporaryFolder();
    await writeUsage(folder);
    await addHiddenNames(folder);
    const missing = unseen(queryTotals(engine, folder), await ourTotals(folder));
    expect(missing).toEqual(engine.passesOver);
  });
});
