import {
  fakeGcs,
  type MissingServer,
  minio,
  type RunningAzurite,
  type RunningServer,
  startAzurite,
  startServer,
} from '@metering/testing-servers';
import { newAzureContainer } from '@metering/testing-servers/azure';
import { newS3Bucket } from '@metering/testing-servers/s3';

/** A place for usage, as an application names it. */
export interface NamedStore {
  readonly name: string;
  readonly scheme: string;
  readonly bucket: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A store, or why there is none. */
export type TestStore = NamedStore | MissingServer;

export interface RunningStores {
  readonly stores: readonly TestStore[];
  stop(): Promise<void>;
}

/** Servers that are given keep what earlier runs left. */
export function newBucketName(): string {
  return `metering-${crypto.randomUUID()}`;
}

/** A URI for a part of a store. */
export function uriOf({ scheme, bucket, parameters }: NamedStore, prefix: string): string {
  const pairs = Object.entries(parameters);
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${scheme}://${bucket}/${prefix}?${query.join('&')}`;
}

/** Starts the servers that run in processes of their own, with a bucket in each. */
export async function startStores(): Promise<RunningStores> {
  const azurite = await startAzurite();
  const servers = [await startServer(minio), await startServer(fakeGcs)] as const;
  const [s3, gcs] = servers;
  return {
    stores: [
      'missing' in s3 ? { ...s3, name: 's3' } : await s3Store(s3),
      await azureStore(azurite),
      'missing' in gcs ? { ...gcs, name: 'gcs' } : await gcsStore(gcs),
    ],
    stop: async () => {
      await azurite.stop();
      for (const server of servers) if ('stop' in server) await server.stop();
    },
  };
}

async function s3Store(server: RunningServer) {
  const { bucket, endpoint, region, credentials } = await newS3Bucket(server);
  return {
    name: 's3',
    scheme: 's3',
    bucket,
    parameters: {
      endpoint,
      'region-id': region,
      's3-force-path-style': 'true',
      'access-key': credentials.accessKeyId,
      'secret-access-key': credentials.secretAccessKey,
    },
  };
}

async function azureStore(azurite: RunningAzurite) {
  const { container, endpoint, accountName, accountKey } = await newAzureContainer(azurite);
  return {
    name: 'azure',
    scheme: 'azure',
    bucket: container,
    parameters: { endpoint, 'account-name': accountName, 'account-key': accountKey },
  };
}

async function gcsStore({ endpoint }: RunningServer) {
  const bucket = newBucketName();
  await fetch(`${endpoint}/storage/v1/b?project=p`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: bucket }),
  });
  return { name: 'gcs', scheme: 'gcs', bucket, parameters: { endpoint, 'project-id': 'p' } };
}
