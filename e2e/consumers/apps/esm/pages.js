// Writes pages in each of the ways there are, and holds what zlib and the reader give back to what was written.
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { createMeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const METRICS = ['egress', 'requests', 'storage', 'compute', 'memory'];
const UNITS = ['bytes', 'count', 'MB', 'seconds', 'MB'];

const kinds = {
  nothing: [],
  'a record': [record(1)],
  'a few records': Array.from({ length: 20 }, (_, index) => record(index)),
  'records that are alike': Array.from({ length: 30_000 }, (_, index) => record(index)),
  'records that are not': Array.from({ length: 5000 }, (_, index) => ({
    [`note ${index}`]: [`ä${index * 7919}`, { nested: index % 3 === 0, index: (index + 1) / -7 }],
  })),
};

const storage = createLocalFsStorage({ basePath: 'pages', durability: 'none' });
const writer = createMeteringWriter({ storage, pageSizeBytes: 1_000_000 });
const reader = createMeteringReader({ storage });
let timestamp = 1_767_225_600;
for (const [kind, data] of Object.entries(kinds)) {
  timestamp += 60;
  const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'a1', data });
  const unpacked = [];
  const read = [];
  for (const { key } of pages) {
    unpacked.push(...JSON.parse(gunzipSync(await storage.get(key))).data);
    read.push(...(await reader.read(key)).data);
  }
  const text = JSON.stringify(data);
  assert(JSON.stringify(unpacked) === text, `${kind}, as zlib and JSON.parse give it back`);
  assert(JSON.stringify(read) === text, `${kind}, as the reader does`);
  console.log(`${kind}: ${pages.length} pages, ${read.length} records`);
}

/** Its members come in one of some orders. */
function record(index) {
  const members = METRICS.map((_, at) => {
    const metric = (at + index) % METRICS.length;
    const value = (index * 104_729 * 10 ** (metric * 2)) % Number.MAX_SAFE_INTEGER;
    return [METRICS[metric], { value, unit: UNITS[metric] }];
  });
  return Object.fromEntries([['logical_cluster_id', `lc-${index}`], ...members.slice(index % 3)]);
}
