import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { meteringKey } from '@metering/core';
import { createMeteringReader, type MeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { pageSet } from './page-set.ts';
import type { ListingResult, ListingTask } from './task.ts';

const CATEGORIES = 4;
const POOLS = 5;
const LISTINGS = 500;

/**
 * Fills a folder where it is empty, and lists minutes of it, each from another place in it. All of them were
 * listed once before: what a minute costs that nobody has looked at for long is the disk's and the kernel's.
 */
export async function measureListing(task: ListingTask): Promise<ListingResult> {
  await fillFolder(task);
  const storage = createLocalFsStorage({ basePath: task.folder });
  const reader = createMeteringReader({ storage });
  const time = (minute: number) => timeListing(reader, minute, task.filesPerMinute);
  for (let minute = 0; minute < task.minutes; minute++) await time(minute);
  const milliseconds: number[] = [];
  for (let listing = 0; listing < LISTINGS; listing++) {
    milliseconds.push(await time((listing * 7) % task.minutes));
  }
  return { milliseconds };
}

async function timeListing(
  reader: MeteringReader,
  minute: number,
  expected: number,
): Promise<number> {
  const { timestamp } = pageSet([], minute);
  let files = 0;
  const start = performance.now();
  for await (const _ of reader.list({ timestamp })) files++;
  const duration = performance.now() - start;
  if (files !== expected) throw new Error(`listed ${files} files instead of ${expected}`);
  return duration;
}

async function fillFolder({ folder, minutes, filesPerMinute }: ListingTask): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) === undefined) return;
  const body = new Uint8Array(100);
  for (let minute = 0; minute < minutes; minute++) {
    const paths = keysOfMinute(minute, filesPerMinute).map((key) => join(folder, key));
    const folders = new Set(paths.map((path) => dirname(path)));
    await Promise.all([...folders].map((path) => mkdir(path, { recursive: true })));
    await Promise.all(paths.map((path) => writeFile(path, body)));
  }
}

function keysOfMinute(minute: number, count: number): string[] {
  const { timestamp } = pageSet([], minute);
  return Array.from({ length: count }, (_, index) =>
    meteringKey({
      timestamp,
      category: `category-${index % CATEGORIES}`,
      sharedPoolId: `pool-${Math.floor(index / CATEGORIES) % POOLS}`,
      selfId: `node${index}`,
      part: 0,
    }),
  );
}
