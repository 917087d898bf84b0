/**
 * `pnpm speed`: how many records `reader.totals` and DuckDB add up in a second of one core's time, of the same
 * files in a folder, in turns in one process. Trust the ratio, and of the speeds the order of magnitude.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';
import { someRecords } from './lib/measured-page.ts';
import { queryDuckDb } from './lib/query-duckdb.ts';

const ROUNDS = 3;
const FIRST_MINUTE = 1_763_700_000;
const RANGE = { from: FIRST_MINUTE, to: FIRST_MINUTE + 86_400 };

/** As many sets, of as many records. */
const SHAPES = [
  { sets: 100, records: 1000 },
  { sets: 2, records: 50_000 },
  { sets: 2000, records: 50 },
];

console.log(`node ${process.version}, the best of ${ROUNDS} rounds\n`);
console.log('| sets | records a set | reader.totals | DuckDB | reader / DuckDB |');
console.log('| --- | --- | --- | --- | --- |');
for (const { sets, records } of SHAPES) console.log(await compare(sets, records));

async function compare(sets: number, records: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'metering-speed-'));
  try {
    const storage = createLocalFsStorage({ basePath: folder, durability: 'none' });
    const writer = createMeteringWriter({ storage });
    const data = someRecords(records);
    for (let set = 0; set < sets; set++) {
      const timestamp = FIRST_MINUTE + 60 * Math.floor(set / 4);
      await writer.write({ timestamp, category: 'api', selfId: `a${set % 4}`, data });
    }
    const reader = createMeteringReader({ storage });
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await secondsOf(() => reader.totals(RANGE)));
      theirs.push(await secondsOf(() => queryDuckDb(folder, 'totals')));
    }
    const speeds = [ours, theirs].map((seconds) => (sets * records) / Math.min(...seconds));
    const [our = 0, their = 0] = speeds;
    const cells = [sets, records, ...speeds.map(perSecond), `${(our / their).toFixed(1)}×`];
    return `| ${cells.join(' | ')} |`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of processors, on all threads: what else the machine does makes little difference. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function perSecond(records: number): string {
  return `${Math.round(records / 1000).toLocaleString('en-US')} k records/s`;
}
