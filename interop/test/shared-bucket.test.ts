import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { minio, type RunningServer, startServer } from '@metering/testing-servers';
import { newS3Bucket } from '@metering/testing-servers/s3';
import { runFromSource } from '@metering/testing-support';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isGoInstalled } from './go-program.ts';

const run = promisify(execFile);
const SERVICES = join(import.meta.dirname, '../shared-bucket');
const BOTH = (2n ** 64n - 1n) * 2n;
/** What the service in Node prints of a minute that both wrote. */
const BILL = `lc-1 ${BOTH} count\n{ complete: 1, unknown: 1, incomplete: 0 }\n`;

const server = await startServer(minio);
const missing = 'missing' in server ? server.missing : undefined;
const hasGo = isGoInstalled();
/** Where everything must be tested, a missing Go is a failure. */
const mustHaveGo = process.env.CI === 'true';

describe('a service in Go and one in Node that share a bucket', () => {
  let folder: string;
  let goService: string;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'metering-shared-bucket-'));
    goService = join(folder, 'go-service');
    if (hasGo || mustHaveGo) {
      await run('go', ['build', '-o', goService, '.'], { cwd: join(SERVICES, 'go') });
    }
    if (!('missing' in server)) env = await newEnvironment(server);
  }, 300_000);
  beforeEach(({ skip }) => {
    skip(missing !== undefined, missing);
    skip(!hasGo, 'Go is not installed');
  });
  afterAll(async () => {
    if ('stop' in server) await server.stop();
    await rm(folder, { recursive: true });
  });

  const go = async (...args: readonly string[]) =>
    (await run(goService, args, { env: { ...process.env, ...env } })).stdout;
  const node = async (minute: string) => {
    const service = join(SERVICES, 'node-service.ts');
    return (await runFromSource(service, { args: [minute], env })).stdout;
  };

  it('each reads what both wrote in a minute, to the last unit', async () => {
    const minute = '1755850380';
    expect(await go('write', minute)).toBe(
      `wrote metering/ru/${minute}/tidb-server/default-shared-pool/go1-0.json.gz\n`,
    );
    expect(await node(minute)).toBe(
      `created metering/ru/${minute}/api/default-shared-pool/node1-0.json.gz\n${BILL}`,
    );
    expect(await go('read', minute)).toBe(
      `read api node1 1\nread tidb-server go1 1\nsum ${BOTH}\n`,
    );
  });

  it('a retry of either changes nothing', async () => {
    const minute = '1755850440';
    await go('write', minute);
    await node(minute);
    await go('write', minute);
    expect(await node(minute)).toBe(
      `unchanged metering/ru/${minute}/api/default-shared-pool/node1-0.json.gz\n${BILL}`,
    );
  });
});

/** The environment that both services run in. */
async function newEnvironment(server: RunningServer) {
  const { bucket, endpoint, region, credentials } = await newS3Bucket(server);
  return {
    METERING_STORAGE_URI: `s3://${bucket}/usage?${new URLSearchParams({ endpoint, 'region-id': region, 'force-path-style': 'true' })}`,
    S3_ENDPOINT: endpoint,
    BUCKET: bucket,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
