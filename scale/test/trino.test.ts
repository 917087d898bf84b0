import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it, type TestContext } from 'vitest';
import { ourTotals, sorted, unseen } from './support/totals.ts';
import { queryTrino } from './support/trino.ts';
import { addGoFiles, addHiddenNames, addLookalikes, writeUsage } from './support/usage-files.ts';

describe('Trino on the files as they are', { timeout: 300_000 }, () => {
  it('adds up what we and what Go wrote as we do, to the last unit', async (context) => {
    const coordinator = coordinatorFor(context);
    const folder = await temporaryFolder();
    await writeUsage(folder);
    addGoFiles(folder);
    addLookalikes(folder);
    expect(sorted(await queryTrino(coordinator, folder))).toEqual(await ourTotals(folder));
  });

  it('passes over files and folders with hidden names', async (context) => {
    const coordinator = coordinatorFor(context);
    const folder = await temporaryFolder();
    await writeUsage(folder);
    await addHiddenNames(folder);
    const totals = await queryTrino(coordinator, folder);
    expect(unseen(totals, await ourTotals(folder))).toEqual([
      ...['.category', '.selfId', '.sharedPoolId'],
      ...['_category', '_selfId', '_sharedPoolId'],
    ]);
  });
});

/** The coordinator's URL; without one the test is skipped. */
function coordinatorFor(context: TestContext): string {
  const { METERING_TEST_TRINO: coordinator } = process.env;
  return coordinator ?? context.skip('METERING_TEST_TRINO names no coordinator of Trino');
}
