// #region usage
import { withRetry } from '@metering/core';
import {
  createEventRecorder,
  instrumentMetaReader,
  instrumentMeteringReader,
  instrumentMeteringWriter,
  instrumentStorage,
} from '@metering/opentelemetry';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const onEvent = createEventRecorder(); // Retries, and the metadata cache's hits and misses.
const folder = createLocalFsStorage({ basePath: './metering-data' });
const storage = instrumentStorage(withRetry(folder, { onEvent })); // Or createS3Storage({ …, onEvent }).
const writer = instrumentMeteringWriter(createMeteringWriter({ storage }));
const reader = instrumentMeteringReader(createMeteringReader({ storage }));
const metaReader = instrumentMetaReader(createMetaReader({ storage, onEvent }));
// #endregion usage

const timestamp = 1_755_850_380;
await writer.write({ timestamp, category: 'api', selfId: 'a1', data: [] });
await reader.categories(timestamp);
await metaReader.read({ clusterId: 'c1', type: 'logic' });
