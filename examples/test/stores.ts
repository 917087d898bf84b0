import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { OssDouble } from '@metering/testing-oss-double';
import {
  minio,
  type RunningServer,
  type ServerRecipe,
  startAzurite,
  startServer,
  versitygw,
} from '@metering/testing-servers';

/** Somewhere that examples run on: what a user would set in the environment to point them there. */
export interface ExampleStore {
  readonly name: string;
  /** Why there is none. */
  readonly missing?: string | undefined;
  /** For a new, empty bucket or folder. */
  newEnvironment(folder: string): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

export async function startStores(): Promise<readonly ExampleStore[]> {
  return Promise.all([
    localFolder,
    startS3(minio),
    startS3(versitygw),
    startOss(),
    startAzureStore(),
  ]);
}

const localFolder: ExampleStore = {
  name: 'a folder',
  newEnvironment: async (folder) => ({
    METERING_STORAGE_URI: `file://${folder}/usage`,
    STORAGE_SECRET: 'secret',
    STORAGE_FOLDER: `${folder}/usage`,
  }),
  stop: async () => undefined,
};

async function startS3(recipe: ServerRecipe): Promise<ExampleStore> {
  const server = await startServer(recipe);
  const { name } = server;
  if ('missing' in server) {
    const { missing } = server;
    return { name, missing, newEnvironment: async () => ({}), stop: async () => undefined };
  }
  return { name, newEnvironment: () => newS3Bucket(server), stop: () => server.stop() };
}

async function newS3Bucket({ endpoint, accessKeyId, secretAccessKey }: RunningServer) {
  const bucket = `examples-${crypto.randomUUID()}`;
  const region = 'us-east-1';
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  const parameters = new URLSearchParams({
    ...{ endpoint, 'region-id': region, 'force-path-style': 'true' },
    ...{ 'access-key': accessKeyId, 'secret-access-key': secretAccessKey },
  });
  return {
    METERING_STORAGE_URI: `s3://${bucket}/usage?${parameters}`,
    BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY: accessKeyId,
    S3_SECRET_KEY: secretAccessKey,
    // The AWS SDK's own variables: the server is in Amazon's place.
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
}

async function startOss(): Promise<ExampleStore> {
  const user = { accessKeyId: 'LTAI5tUser', accessKeySecret: 'secret-of-the-user' };
  const session = { token: 'token-of-the-login', endsAtMs: Date.now() + 3_600_000 };
  const login = { accessKeyId: 'STS.Login', accessKeySecret: 'secret-of-the-login', session };
  const arn = 'acs:ram::123456789012:role/MeteringWriterRole';
  const double = await OssDouble.start({ accounts: [user, login], roles: [{ arn }] });
  const programs = await mkdtemp(join(tmpdir(), 'metering-login-'));
  await writeLogin(programs, login);
  return {
    name: 'oss',
    newEnvironment: async () => {
      const bucket = `examples-${crypto.randomUUID()}`;
      double.buckets.create(bucket);
      const { endpoint } = double;
      const parameters = new URLSearchParams({
        ...{ endpoint, 'region-id': 'cn-hangzhou' },
        ...{ 'access-key': user.accessKeyId, 'secret-access-key': user.accessKeySecret },
      });
      return {
        METERING_STORAGE_URI: `oss://${bucket}/usage?${parameters}`,
        BUCKET: bucket,
        OSS_ENDPOINT: endpoint,
        STS_ENDPOINT: endpoint,
        ALIBABA_CLOUD_ACCESS_KEY_ID: user.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: user.accessKeySecret,
        PATH: `${programs}:${process.env.PATH}`,
      };
    },
    stop: async () => {
      await double.stop();
      await rm(programs, { recursive: true });
    },
  };
}

/** A company's login on the command line. */
async function writeLogin(
  folder: string,
  { accessKeyId, accessKeySecret, session }: Login,
): Promise<void> {
  const answer = JSON.stringify({
    mode: 'StsToken',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    sts_token: session.token,
  });
  const program = join(folder, 'acs-sso');
  await writeFile(program, `#!/bin/sh\necho '${answer}'\n`);
  await chmod(program, 0o755);
}

interface Login {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly session: { readonly token: string };
}

async function startAzureStore(): Promise<ExampleStore> {
  const { endpoint, accountName, accountKey, stop } = await startAzurite();
  return {
    name: 'azurite',
    newEnvironment: async () => {
      const container = `examples-${crypto.randomUUID()}`;
      const credential = new StorageSharedKeyCredential(accountName, accountKey);
      await new ContainerClient(`${endpoint}/${container}`, credential).create();
      const parameters = new URLSearchParams({
        ...{ endpoint, 'account-name': accountName, 'account-key': accountKey },
      });
      return {
        METERING_STORAGE_URI: `azure://${container}/usage?${parameters}`,
        CONTAINER: container,
        AZURE_ENDPOINT: endpoint,
        AZURE_ACCOUNT: accountName,
        AZURE_ACCOUNT_KEY: accountKey,
      };
    },
    stop,
  };
}
