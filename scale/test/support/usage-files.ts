import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type MeteringRecord, meteringKey } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const GO_FILES = fileURLToPath(new URL('../../../interop/test/vectors/go/', import.meta.url));
const GO_CASES = ['many-writers', 'page-nested', 'page-strings', 'page-uint64', 'pages-twelve'];
const FIRST_MINUTE = 1_763_700_000;
const LARGEST = 2n ** 64n - 1n;

/** The set that `interruptSet` leaves without its last page. */
const SEVERAL_PAGES = { category: 'api', sharedPoolId: 'pool-a', selfId: 'a1' };

const NO_UNITS = ['3', 'null', 'true', '["count"]', '{"unit":"count"}'];
const NO_VALUES = [
  ...['18446744073709551616', '1234567890123456789012345', '1e30', '-1', '1.5'],
  ...['"5"', 'null', 'true', '[5]', '{"value":5}'],
];

/** The first three are usage. */
const LOOKALIKES: readonly string[] = [
  '{"unit":"","value":18446744073709551615}',
  '{"value":1,"unit":"null","more":[2]}',
  '{"value":0,"unit":"\\u0001"}',
  ...NO_VALUES.map((value) => `{"value":${value},"unit":"count"}`),
  ...NO_UNITS.map((unit) => `{"value":5,"unit":${unit}}`),
  '{"value":5}',
  '{"unit":"count"}',
];

/** Three minutes of three services, an idle one among them, in a folder. */
export async function writeUsage(folder: string): Promise<void> {
  const storage = createLocalFsStorage({ basePath: folder });
  const writer = createMeteringWriter({ storage, pageSizeBytes: 4000 });
  for (const timestamp of [0, 1, 2].map((minute) => FIRST_MINUTE + minute * 60)) {
    await writer.write({ ...SEVERAL_PAGES, timestamp, data: someRecords(60) });
    await writer.write({ timestamp, category: 'storage', selfId: 's1', data: someRecords(3) });
    await writer.write({ timestamp, category: 'storage', selfId: 's2', data: [] });
  }
}

/** Files that Go wrote, beside them. */
export function addGoFiles(folder: string): void {
  for (const name of GO_CASES) cpSync(join(GO_FILES, name, 'files'), folder, { recursive: true });
}

/** A page with usage of odd looks, and with what looks like usage and is none. */
export function addLookalikes(folder: string): void {
  const set = { timestamp: FIRST_MINUTE, category: 'api', sharedPoolId: 'pool-a', selfId: 'x1' };
  const file = join(folder, meteringKey({ ...set, part: 0 }));
  const data = LOOKALIKES.map((metric) => `{${JSON.stringify(`like ${metric}`)}:${metric}}`);
  const names = '"category":"api","self_id":"x1","shared_pool_id":"pool-a"';
  const page = `{"timestamp":${FIRST_MINUTE},${names},"part":0,"data":[${data.join(',')}]}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(page));
}

/** Sets whose category, pool or id begins as a hidden file does, with a metric that is called the same. */
export async function addHiddenNames(folder: string): Promise<void> {
  const writer = createMeteringWriter({ storage: createLocalFsStorage({ basePath: folder }) });
  const names = { category: 'api', sharedPoolId: 'pool-a', selfId: 'h1' };
  for (const name of Object.keys(names)) {
    for (const hidden of [`_${name}`, `.${name}`]) {
      const data = [{ [hidden]: { value: 1, unit: 'count' } }];
      await writer.write({ ...names, [name]: hidden, timestamp: FIRST_MINUTE, data });
    }
  }
}

/** Leaves the first minute's set of several pages as a crash would: without its last page. */
export function interruptSet(folder: string): void {
  const set = { ...SEVERAL_PAGES, timestamp: FIRST_MINUTE };
  const parts = [...Array(100).keys()].map((part) => join(folder, meteringKey({ ...set, part })));
  const last = parts.findLast((file) => existsSync(file)) ?? '';
  rmSync(last);
}

function someRecords(count: number): MeteringRecord[] {
  return Array.from({ length: count }, (_, index) => recordOf(index));
}

/** All that an engine could stumble over: large integers, two units, and what is no usage. */
function recordOf(index: number): MeteringRecord {
  return {
    logical_cluster_id: `lc-${index % 7}`,
    requests: { value: index, unit: 'count' },
    egress: { value: LARGEST - BigInt(index), unit: 'bytes' },
    storage: { value: 2n ** 53n + BigInt(index), unit: index % 2 === 0 ? 'KB' : 'bytes' },
    'a "name"\\ of ünïcode 🙂': { value: 2 ** 53 - 1 - index, unit: 'a "unit" <&>' },
    region: 'eu-1',
    text: '{"value":5,"unit":"count"}',
    labels: { team: 'core', nested: { value: 7, unit: 'count' } },
    list: [{ value: 7, unit: 'count' }],
    rate: 1.5,
    size: { value: 5, unit: 3 },
    value: 5,
    unit: 'count',
    free: null,
  };
}
