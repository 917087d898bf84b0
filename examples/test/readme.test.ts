import { temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { runExample } from './run-example.ts';

it('writes and reads back in the lines that the README shows, every digit kept', async () => {
  const printed = await runExample('readme/write-and-read.ts', {
    cwd: await temporaryFolder(),
  });
  expect(printed).toContain("logical_cluster_id: 'acme'");
  expect(printed).toContain("egress: { value: 18446744073709551615n, unit: 'bytes' }");
});
