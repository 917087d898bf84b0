import { join } from 'node:path';
import type { BenchOptions } from './bench-options.ts';
import type { ChildProcesses } from './child-process.ts';
import type { GoProgram } from './go-program.ts';
import { loopGapMeasurement } from './loop-gap-measurement.ts';
import type { Measurement } from './measurement.ts';
import { speedMeasurement } from './speed-measurement.ts';
import { writeMemoryMeasurement } from './write-memory-measurement.ts';

/** What the writer takes by default. */
const LARGE_PAGE_BYTES = 16 * 1024 * 1024;
const CONCURRENCY = 4;
const SMALL_PAGE_BYTES = 1_000_000;
/** The level that our writing is held to Go's at. */
const ASKED_LEVEL = 6;

/** What the measurements are made of. */
export interface BenchContext {
  readonly options: BenchOptions;
  readonly children: ChildProcesses;
  readonly go: GoProgram | undefined;
  /** A folder for whatever they store. */
  readonly scratch: string;
}

interface Stored {
  /** The records themselves, a line of JSON each. */
  readonly recordsFile: string;
  readonly onePage: string;
  readonly smallPages: string;
  /** What the records have. */
  readonly jsonBytes: number;
}

/** Stores what is to be read, and gives everything that is to be measured. */
export async function prepareMeasurements(context: BenchContext): Promise<Measurement[]> {
  const stored = await prepare(context);
  return [
    ...writeMeasurements(context, stored),
    ...readMeasurements(context, stored),
    ...eventLoopMeasurements(context),
    memoryMeasurement(context),
  ];
}

async function prepare({ options, children, scratch }: BenchContext): Promise<Stored> {
  const recordsFile = join(scratch, 'records.jsonl');
  const onePage = join(scratch, 'one-page');
  const smallPages = join(scratch, 'small-pages');
  const { jsonBytes } = await children.run({
    kind: 'prepare',
    data: options.data,
    jsonBytes: options.jsonBytes,
    recordsFile,
    folders: [
      { folder: onePage, pageSizeBytes: 0 },
      { folder: smallPages, pageSizeBytes: SMALL_PAGE_BYTES },
    ],
  });
  return { recordsFile, onePage, smallPages, jsonBytes };
}

function writeMeasurements(context: BenchContext, stored: Stored): Measurement[] {
  const { data, jsonBytes, compressionLevel, repeat } = context.options;
  const measure = (what: string, pageSizeBytes: number, folder?: string) =>
    speedMeasurement({
      ...context,
      what: `write ${what}`,
      task: { kind: 'write', data, jsonBytes, pageSizeBytes, compressionLevel, repeat, folder },
      goArguments: [
        ...['write', stored.recordsFile, `${pageSizeBytes}`, `${compressionLevel}`, `${repeat}`],
        ...(folder === undefined ? [] : [folder]),
      ],
      jsonBytes: stored.jsonBytes,
      leastRatio: compressionLevel === ASKED_LEVEL ? 2 : undefined,
    });
  return [
    measure('in memory, pages of 16 MiB', LARGE_PAGE_BYTES),
    measure('in memory, pages of 1 MB', SMALL_PAGE_BYTES),
    measure('to a folder, pages of 16 MiB', LARGE_PAGE_BYTES, join(context.scratch, 'written')),
  ];
}

function readMeasurements(context: BenchContext, stored: Stored): Measurement[] {
  const { repeat } = context.options;
  const measure = (what: string, folder: string, inMemory: boolean, leastRatio?: number) =>
    speedMeasurement({
      ...context,
      what: `read ${what}`,
      task: { kind: 'read', folder, inMemory, repeat },
      goArguments: ['read', folder, inMemory ? 'memory' : 'folder', `${repeat}`],
      jsonBytes: stored.jsonBytes,
      leastRatio,
    });
  return [
    measure('in memory, one page', stored.onePage, true, 1),
    measure('from a folder, one page', stored.onePage, false, 1),
    measure('in memory, pages of 1 MB', stored.smallPages, true),
    measure('from a folder, pages of 1 MB', stored.smallPages, false),
  ];
}

function eventLoopMeasurements({ options, children }: BenchContext): Measurement[] {
  const jsonBytes = 2 * options.jsonBytes;
  return (['array', 'iterable'] as const).map((input) =>
    loopGapMeasurement(
      `longest gap of the event loop, writing ${megabytes(jsonBytes)}, an ${input}`,
      { kind: 'loop-gap', data: options.data, jsonBytes, input },
      children,
    ),
  );
}

function memoryMeasurement({ options, children, scratch }: BenchContext): Measurement {
  const jsonBytes = 2 * options.jsonBytes;
  return writeMemoryMeasurement(
    `peak memory, writing ${megabytes(jsonBytes)}, an iterable, ${CONCURRENCY} pages of 16 MiB at once`,
    {
      kind: 'write-memory',
      data: options.data,
      jsonBytes,
      concurrency: CONCURRENCY,
      pageSizeBytes: LARGE_PAGE_BYTES,
      folder: join(scratch, 'written'),
    },
    children,
  );
}

function megabytes(bytes: number): string {
  return `${bytes / 1e6} MB`;
}
