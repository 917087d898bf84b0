import { type RunningServer, type ServerRecipe, startServer } from '@metering/testing-servers';
import { newS3Bucket } from '@metering/testing-servers/s3';
import type { ExampleStore } from './example-store.ts';

/** A bucket of a real server that speaks S3. */
export async function startS3(recipe: ServerRecipe): Promise<ExampleStore> {
  const server = await startServer(recipe);
  const { name } = server;
  if ('missing' in server) {
    const { missing } = server;
    return { name, missing, newEnvironment: async () => ({}), stop: async () => undefined };
  }
  return { name, newEnvironment: () => newEnvironment(server), stop: () => server.stop() };
}

async function newEnvironment(server: RunningServer) {
  const { bucket, endpoint, region, credentials } = await newS3Bucket(server);
  const { accessKeyId, secretAccessKey } = credentials;
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
