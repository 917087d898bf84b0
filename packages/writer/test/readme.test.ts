import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { expect, it } from 'vitest';
import { NODE_OPTIONS } from './support/set-child.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

it('does what the README shows', async () => {
  const cwd = await temporaryFolder();
  const usage = fileURLToPath(new URL('children/usage.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...NODE_OPTIONS, usage], { cwd });
  expect(stdout).toMatch(
    /^metering\/ru\/\d+\/tidb-server\/default-shared-pool\/tidb01-0\.json\.gz 2 created\n$/,
  );
  const storage = createLocalFsStorage({ basePath: `${cwd}/metering-data` });
  const keys: string[] = [];
  for await (const { key } of storage.list()) keys.push(key.replace(/\d{10}/, '{time}'));
  expect(keys).toEqual([
    'metering/meta/logic/lc-1/{time}.json.gz',
    'metering/ru/{time}/tidb-server/default-shared-pool/tidb01-0.json.gz',
  ]);
});
