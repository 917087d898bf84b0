import { isMeteringError } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '../../src/index.ts';
import { dataOf, RECORD_BYTES, records } from '../support/data.ts';
import type { SetOrder } from '../support/set-child.ts';

/** Waits for the start, then writes a set and tells what came of it. */
const order = JSON.parse(process.argv[2]!) as SetOrder;
const storage = createLocalFsStorage({ basePath: order.basePath });
const writer = createMeteringWriter({ storage, pageSizeBytes: RECORD_BYTES });
process.once('message', async () => {
  process.send?.(await write());
  process.disconnect();
});
process.send?.('ready');

async function write(): Promise<string> {
  try {
    const data = order.labels.flatMap((label) => records(1, label));
    await writer.write(dataOf(data), { overwrite: order.overwrite });
    return 'written';
  } catch (error) {
    return isMeteringError(error) ? error.code : String(error);
  }
}
