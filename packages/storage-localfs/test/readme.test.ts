import { runFromSource, temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { childPath } from './support/child.ts';
import { filesBelow } from './support/listing.ts';

it('the code that the README shows does what it says', async () => {
  const cwd = await temporaryFolder();
  const { stdout } = await runFromSource(childPath('usage'), { cwd });
  expect(stdout).toBe('reports/2026-11-21.json 12\n');
  expect((await filesBelow(cwd)).at(-1)).toBe('metering-data/reports/2026-11-21.json');
});
