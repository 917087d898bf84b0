import { minio, versitygw } from '@metering/testing-servers';
import type { ExampleStore } from './example-store.ts';
import { localFolder } from './local-folder.ts';
import { startAzure } from './start-azure.ts';
import { startOss } from './start-oss.ts';
import { startS3 } from './start-s3.ts';

/** Everything that an example may run on. */
export async function startStores(): Promise<readonly ExampleStore[]> {
  return Promise.all([localFolder, startS3(minio), startS3(versitygw), startOss(), startAzure()]);
}
