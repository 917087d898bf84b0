import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, OssDouble } from '@metering/testing-oss-double';
import type { ExampleStore } from './example-store.ts';

/** A bucket of the double of OSS, and a login on the command line, `acs-sso`. */
export async function startOss(): Promise<ExampleStore> {
  const user = { accessKeyId: 'LTAI5tUser', accessKeySecret: 'secret-of-the-user' };
  const session = { token: 'token-of-the-login', endsAtMs: Date.now() + 3_600_000 };
  const login = { accessKeyId: 'STS.Login', accessKeySecret: 'secret-of-the-login', session };
  const arn = 'acs:ram::123456789012:role/MeteringWriterRole';
  const double = await OssDouble.start({ accounts: [user, login], roles: [{ arn }] });
  const programs = await mkdtemp(join(tmpdir(), 'metering-login-'));
  await writeLogin(programs, login);
  const PATH = `${programs}:${process.env.PATH}`;
  return {
    name: 'oss',
    newEnvironment: async () => ({ ...newBucket(double, user), PATH }),
    stop: async () => {
      await double.stop();
      await rm(programs, { recursive: true });
    },
  };
}

function newBucket({ buckets, endpoint }: OssDouble, { accessKeyId, accessKeySecret }: Account) {
  const bucket = `examples-${crypto.randomUUID()}`;
  buckets.create(bucket);
  const parameters = new URLSearchParams({
    ...{ endpoint, 'region-id': 'cn-hangzhou' },
    ...{ 'access-key': accessKeyId, 'secret-access-key': accessKeySecret },
  });
  return {
    METERING_STORAGE_URI: `oss://${bucket}/usage?${parameters}`,
    BUCKET: bucket,
    OSS_ENDPOINT: endpoint,
    STS_ENDPOINT: endpoint,
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
  };
}

/** A company's login on the command line. */
async function writeLogin(
  folder: string,
  { accessKeyId, accessKeySecret, session }: Account,
): Promise<void> {
  const answer = JSON.stringify({
    mode: 'StsToken',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    sts_token: session?.token,
  });
  const program = join(folder, 'acs-sso');
  await writeFile(program, `#!/bin/sh\necho '${answer}'\n`);
  await chmod(program, 0o755);
}
