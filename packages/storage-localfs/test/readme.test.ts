import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { childPath, NODE_OPTIONS } from './support/child.ts';
import { filesBelow } from './support/listing.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

it('the code that the README shows does what it says', async () => {
  const cwd = await temporaryFolder();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...NODE_OPTIONS, childPath('usage')],
    {
      cwd,
    },
  );
  expect(stdout).toBe('reports/2026-11-21.json 12\n');
  expect((await filesBelow(cwd)).at(-1)).toBe('metering-data/reports/2026-11-21.json');
});
