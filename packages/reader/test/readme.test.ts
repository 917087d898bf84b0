import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { runFromSource, temporaryFolder } from '@metering/testing-support';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { expect, it } from 'vitest';
import { MINUTE } from './support/files.ts';

const USAGE = join(import.meta.dirname, 'children/usage.ts');
const RANGES = join(import.meta.dirname, 'children/ranges.ts');

it('does what the README shows', async () => {
  const cwd = await temporaryFolder();
  const storage = createLocalFsStorage({ basePath: join(cwd, 'metering-data') });
  const data = [{ logical_cluster_id: 'lc-1', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }];
  const set = { timestamp: MINUTE, category: 'tidb-server', selfId: 'tidb01', data };
  await createMeteringWriter({ storage }).write(set);
  const meta = {
    clusterId: 'lc-1',
    type: 'logic',
    modifyTs: MINUTE - 1,
    metadata: { nodes: 3 },
  } as const;
  await createMetaWriter({ storage }).write(meta);
  await storage.put(`metering/ru/${MINUTE}/tidb-server/old-0.json.gz`, new Uint8Array());
  const { stdout, stderr } = await runFromSource(USAGE, { cwd });
  expect(stdout).toContain('tidb01 0 [');
  expect(stdout).toContain('value: 18446744073709551615n');
  expect(stdout).toContain(`${MINUTE - 1} { nodes: 3 }`);
  expect(stdout).toContain(`metering/meta/logic/lc-1/${MINUTE - 1}.json.gz`);
  expect(stderr).toMatch(/^not billed: .*old-0\.json\.gz: it is of the older layout/);
  expect(await readdir(join(cwd, 'meta-cache'))).toEqual(['metering-meta-cache']);
});

it('does what the README shows of ranges', async () => {
  const cwd = await temporaryFolder();
  const storage = createLocalFsStorage({ basePath: join(cwd, 'metering-data') });
  const writer = createMeteringWriter({ storage });
  const data = [{ logical_cluster_id: 'lc-1', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }];
  for (const [selfId, timestamp] of [
    ['tidb01', MINUTE],
    ['tidb02', MINUTE + 60],
  ] as const) {
    await writer.write({ timestamp, category: 'tidb-server', selfId, data });
  }
  const ended = (await runFromSource(RANGES, { cwd }).catch((error: unknown) => error)) as {
    stdout: string;
    stderr: string;
  };
  expect(ended.stderr).toContain('enough');
  const hour = MINUTE - (MINUTE % 3600);
  expect(ended.stdout).toContain(`lc-1 ${hour} egress 36893488147419103230n bytes`);
  expect(ended.stdout).toContain('tidb02 {');
  expect(ended.stdout).toContain(`tidb-server tidb02 silent 1755820800 ${MINUTE + 60} undefined`);
  expect(ended.stdout).toMatch(/billed .*tidb01-0\.json\.gz 1\nbilled .*tidb02-0\.json\.gz 1\n$/);
  expect(JSON.parse(await readFile(join(cwd, 'checkpoint.json'), 'utf8'))).toEqual({
    version: 1,
    from: 1755820800,
    given: {
      'tidb-server/default-shared-pool/tidb01': [[MINUTE, MINUTE + 60]],
      'tidb-server/default-shared-pool/tidb02': [[MINUTE + 60, MINUTE + 120]],
    },
  });
});
