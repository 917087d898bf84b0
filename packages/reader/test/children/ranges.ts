import { readFile, rename, writeFile } from 'node:fs/promises';
import { createMeteringReader, type FollowCheckpoint } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';

const reader = createMeteringReader({
  storage: createLocalFsStorage({ basePath: './metering-data' }),
});

// #region totals
const day = { from: 1755820800, to: 1755907200 }; // Unix seconds; `to` is not of it any more.
const totals = await reader.totals({ ...day, by: ['cluster', 'hour'] });
for (const { cluster, hour, metric, unit, value } of totals.rows) {
  console.log(cluster, hour, metric, value, unit); // `value` is a bigint.
}
// #endregion totals

// #region records
for await (const { selfId, record } of reader.records({ ...day, category: 'tidb-server' })) {
  console.log(selfId, record);
}
// #endregion records

// #region gaps
for await (const { kind, category, selfId, from, to, set } of reader.gaps(day)) {
  console.log(category, selfId, kind, from, to, set?.reason);
}
// #endregion gaps

const stop = new AbortController();
const { signal } = stop;
async function bill({ key, data }: { key: string; data: readonly object[] }): Promise<void> {
  console.log('billed', key, data.length);
  if (key.includes('tidb02')) stop.abort('enough');
}

// #region follow
const stored = await readFile('checkpoint.json', 'utf8').catch(() => undefined);
const checkpoint: FollowCheckpoint | undefined = stored && JSON.parse(stored);
const following = reader.follow({ from: day.from, checkpoint }, { signal });
for await (const page of following) {
  await bill(page); // Once more after a crash: let it be the same to bill `page.key` twice.
  await writeFile('checkpoint.new', JSON.stringify(following.checkpoint()));
  await rename('checkpoint.new', 'checkpoint.json'); // Whole, whenever the process ends.
}
// #endregion follow
