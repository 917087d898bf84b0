import { randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';

/** Makes a bucket on a server for tests, which forgets it when it stops, and says where it is. */
export async function newBucket() {
  const server = {
    apiEndpoint: process.env.GCS_ENDPOINT ?? 'http://127.0.0.1:4443',
    projectId: 'p',
  };
  const [{ name }] = await new Storage(server).createBucket(`metering-${randomUUID()}`);
  return { ...server, bucket: name };
}
