/** Meters into a container of Azure Blob Storage with an account key. */
import { floorToMinute, withPrefix } from '@metering/core';
import { createAzureStorage } from '@metering/storage-azure';
import { createMeteringWriter } from '@metering/writer';

const { CONTAINER = 'my-metering', AZURE_ENDPOINT } = process.env;
const { AZURE_ACCOUNT = 'myaccount', AZURE_ACCOUNT_KEY } = process.env;

const container = createAzureStorage({
  container: CONTAINER,
  accountName: AZURE_ACCOUNT,
  accountKey: AZURE_ACCOUNT_KEY, // Without it, DefaultAzureCredential of @azure/identity logs in.
  endpoint: AZURE_ENDPOINT,
});
const storage = withPrefix(container, 'metering-data');

const writer = createMeteringWriter({ storage });
const timestamp = floorToMinute(new Date());
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 42, unit: 'count' } }];
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
for (const { outcome, key } of pages) console.log(outcome, key);
await storage.close();

// Prints:
// created metering/ru/1755850380/api/default-shared-pool/api1-0.json.gz
