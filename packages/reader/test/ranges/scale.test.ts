import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createMeteringReader, type RangeQuery } from '../../src/index.ts';
import { EndlessFleet } from '../support/endless-fleet.ts';

const ASKED_KEYS = process.env.METERING_SCALE_KEYS;
/** By hand 100,000,000; in every run so many as take some seconds. */
const KEYS = Number(ASKED_KEYS ?? 400_000);
const PAGES = 5_000;
const SAMPLES = 10;
const MIB = 1024 * 1024;
const MOST_GROWTH_MIB = 16;

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is in use now, in MiB. */
function usedMib(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MIB;
}

/** Reads a range of so many pages and gives by how much the memory in use grew on the way. */
async function growthOf(
  storage: EndlessFleet,
  pages: number,
  read: (range: RangeQuery) => Promise<void>,
): Promise<number> {
  const before = usedMib();
  let peak = before;
  storage.onListed = (listed) => {
    if (listed % (pages / SAMPLES) === 0) peak = Math.max(peak, usedMib());
  };
  await read({ from: storage.from, to: storage.to });
  return peak - before;
}

it(`lists ${KEYS} pages in constant memory, in one listing that stops at the end of the range`, async () => {
  const storage = new EndlessFleet(KEYS);
  const reader = createMeteringReader({ storage });
  const started = process.cpuUsage();
  const growth = await growthOf(storage, KEYS, async (range) => {
    for await (const gap of reader.gaps({ ...range, incomplete: 'include' }))
      expect(gap).toBe(null);
  });
  const { user, system } = process.cpuUsage(started);
  if (ASKED_KEYS !== undefined) {
    const seconds = Math.round((user + system) / 1e6);
    process.stdout.write(`${KEYS} keys: ${seconds} s of CPU, ${growth.toFixed(1)} MiB more\n`);
  }
  expect(storage.lists).toBe(1);
  expect(storage.listed).toBe(KEYS + 1);
  expect(growth).toBeLessThan(MOST_GROWTH_MIB);
}, 3_600_000);

it.each(['scan', 'records', 'sets'] as const)(
  `goes through the %s of ${PAGES} pages in constant memory`,
  async (call) => {
    const storage = new EndlessFleet(PAGES);
    let count = 0;
    const growth = await growthOf(storage, PAGES, async (range) => {
      for await (const _item of createMeteringReader({ storage })[call](range)) count += 1;
    });
    expect(count).toBe(PAGES);
    expect(growth).toBeLessThan(MOST_GROWTH_MIB);
  },
);

it(`adds up ${PAGES} pages in constant memory`, async () => {
  const storage = new EndlessFleet(PAGES);
  const growth = await growthOf(storage, PAGES, async (range) => {
    const totals = await createMeteringReader({ storage }).totals(range);
    expect(totals.rows).toEqual([{ metric: 'egress', unit: 'bytes', value: BigInt(PAGES) }]);
  });
  expect(growth).toBeLessThan(MOST_GROWTH_MIB);
});
