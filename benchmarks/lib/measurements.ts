import { join } from 'node:path';
import type { BenchContext } from './bench-context.ts';
import type { DataSetName } from './data-sets.ts';
import { GOALS } from './goals.ts';
import { listingMeasurement } from './listing-measurement.ts';
import { loopGapMeasurement } from './loop-gap-measurement.ts';
import type { Measurement } from './measurement.ts';
import { memoryMeasurement } from './memory-measurement.ts';
import { quickstartMeasurement } from './quickstart-measurement.ts';
import { readMeasurement } from './read-measurement.ts';
import { smallPagesMeasurement } from './small-pages-measurement.ts';
import { writeMeasurement } from './write-measurement.ts';

type Prepare = (context: BenchContext) => Promise<Measurement[]>;

/** Everything that can be measured, in the table's order, by the names that the command line takes. */
export const MEASUREMENTS = {
  write: writeMeasurements,
  read: readMeasurements,
  small: smallPagesMeasurements,
  loop: loopGapMeasurements,
  memory: memoryMeasurements,
  listing: async (context) => [listingMeasurement(context)],
  quickstart: async (context) => [quickstartMeasurement(context)],
} as const satisfies Record<string, Prepare>;

export type MeasurementName = keyof typeof MEASUREMENTS;

/** Of metrics and nothing else. */
const CONVENTIONAL: readonly DataSetName[] = ['random', 'subset', 'realistic', 'uniform'];
/** The default, and a smaller one. Go marshals each record for its size in either. */
const WRITTEN_PAGES = { 'pages of 16 MiB': 16 * 2 ** 20, 'pages of 1 MB': 1e6 } as const;
const GOROUTINES = [1, 2, 4];
const SMALL_PAGES = [1, 10, 100];
/** Beside a MB of all else. */
const SMALL_PAGES_MS = 30;

async function writeMeasurements(context: BenchContext): Promise<Measurement[]> {
  const { written, jsonBytes, repeat, check } = context.options;
  // The two sizes differ little: one is enough to see a regression.
  const pageSizes = Object.entries(WRITTEN_PAGES).slice(0, check ? 1 : undefined);
  const measurements: Measurement[] = [];
  for (const data of written) {
    const stored = await context.records.get(data, jsonBytes);
    const conventional = CONVENTIONAL.includes(data);
    for (const [name, pageSizeBytes] of pageSizes) {
      const measurement = writeMeasurement(context, {
        ...stored,
        what: `write "${data}", ${name}`,
        task: { kind: 'write', data, jsonBytes, pageSizeBytes, repeat },
        goal: conventional ? GOALS.writeConventional : GOALS.writeOther,
        gzipGoal: conventional ? GOALS.gzipConventional : GOALS.gzipOther,
      });
      measurements.push(measurement);
    }
  }
  return measurements;
}

async function readMeasurements(context: BenchContext): Promise<Measurement[]> {
  const { read, repeat } = context.options;
  const stored = await context.records.get(read, context.options.jsonBytes);
  const { onePage, smallPages, jsonBytes } = stored;
  const shared = { jsonBytes, repeat };
  return [
    readMeasurement(context, {
      ...shared,
      what: 'read one page',
      readings: [{ what: 'read one page, iterated', how: 'records', goal: GOALS.readOnePage }],
      goMode: 'read',
      goroutines: [1],
      folder: onePage,
    }),
    readMeasurement(context, {
      ...shared,
      what: 'read pages of 1 MB',
      readings: [
        { what: 'read pages of 1 MB, iterated', how: 'records', goal: GOALS.readIterated },
        { what: 'read pages of 1 MB, page by page', how: 'scan' },
        { what: 'read pages of 1 MB, kept', how: 'kept', goal: GOALS.readKept },
      ],
      goMode: 'read',
      goroutines: GOROUTINES,
      folder: smallPages,
    }),
    readMeasurement(context, {
      ...shared,
      what: 'totals over pages of 1 MB',
      readings: [{ what: 'totals over pages of 1 MB', how: 'totals', goal: GOALS.totals }],
      goMode: 'sum',
      goroutines: GOROUTINES,
      folder: smallPages,
    }),
  ];
}

async function smallPagesMeasurements(context: BenchContext): Promise<Measurement[]> {
  const { read, jsonBytes } = context.options;
  const milliseconds = (SMALL_PAGES_MS * jsonBytes) / 1e6;
  return SMALL_PAGES.map((records) =>
    smallPagesMeasurement(context, { data: read, records, milliseconds }),
  );
}

async function loopGapMeasurements(context: BenchContext): Promise<Measurement[]> {
  const { read, jsonBytes } = context.options;
  const written = 2 * jsonBytes;
  return (['array', 'iterable'] as const).map((input) =>
    loopGapMeasurement(
      context,
      `gap of the event loop, writing ${megabytes(written)}, an ${input}`,
      {
        data: read,
        jsonBytes: written,
        input,
      },
    ),
  );
}

async function memoryMeasurements(context: BenchContext): Promise<Measurement[]> {
  const { read, jsonBytes, pageInMemoryBytes } = context.options;
  const written = 20 * jsonBytes;
  const { onePage } = await context.records.get(read, pageInMemoryBytes);
  return [
    memoryMeasurement(
      context,
      `peak memory, writing ${megabytes(written)} of an async iterable`,
      {
        kind: 'write-memory',
        data: read,
        jsonBytes: written,
        folder: join(context.scratch, 'written'),
      },
      GOALS.writeMemory,
    ),
    memoryMeasurement(
      context,
      `peak memory, reading a page of ${megabytes(pageInMemoryBytes)}, iterated`,
      { kind: 'read-memory', folder: onePage },
      GOALS.readMemory,
    ),
  ];
}

function megabytes(bytes: number): string {
  return `${bytes / 1e6} MB`;
}
