/** Writes what the packages tell to pino. `console` fits as well: `logger: console`. */
import { configFromEnv, openStorage } from '@metering/config';
import { createMeteringReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';
import pino from 'pino';

// Lines without time and host; without these options they have both.
const print = { write: (line: string) => process.stdout.write(line) };
const logger = pino({ base: null, timestamp: false }, print).child({
  app: 'billing',
});

const storage = await openStorage(await configFromEnv(), [localFsDriver], { logger });
const timestamp = 1_755_850_380;
const writer = createMeteringWriter({ storage, logger });
await writer.write({ timestamp, category: 'tidb-server', selfId: 'tidb01', data: [] });

await storage.put(`metering/ru/${timestamp}/notes.txt`, new Uint8Array());
const reader = createMeteringReader({ storage, logger });
for await (const { key } of reader.list({ timestamp })) logger.info({ key }, 'Found a page');
await storage.close();

// Prints:
// {"level":30,"app":"billing","set":"metering/ru/1755850380/tidb-server/default-shared-pool/tidb01-","pages":1,"msg":"Wrote a set of metering pages"}
// {"level":40,"app":"billing","key":"metering/ru/1755850380/notes.txt","reason":"it does not end with .json.gz","msg":"Skipped a key that is no metering page"}
// {"level":30,"app":"billing","key":"metering/ru/1755850380/tidb-server/default-shared-pool/tidb01-0.json.gz","msg":"Found a page"}
