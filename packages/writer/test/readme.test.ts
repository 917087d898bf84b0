import { join } from 'node:path';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { runFromSource, temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';

it('does what the README shows', async () => {
  const cwd = await temporaryFolder();
  const { stdout } = await runFromSource(join(import.meta.dirname, 'children/usage.ts'), { cwd });
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
