import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { isStorageError, type StorageProvider } from '@metering/core';
import { assertOneOf } from '../assert-bytes.ts';
import { bodyOf } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { CREATE_IS_EXCLUSIVE } from '../gates.ts';
import { listAll } from '../listing.ts';
import { settleAll } from '../settle-all.ts';

const KEY = 'folder/object';
const ROUNDS = 10;
/** Of different sizes, so that a mixture shows in the size too. */
const BODIES = [bodyOf(1024 * 1024, 1), bodyOf(1024 * 1024 + 500_000, 2)];
const SIZES = BODIES.map(({ byteLength }) => byteLength);

export const atomicCases: readonly ConformanceCase[] = [
  {
    name: 'put: is never seen half done: a reader gets the old object or the new one, whole',
    run: async ({ storage }) => {
      await storage.put(KEY, BODIES[0]!);
      const writers = BODIES.map((body) => () => storage.put(KEY, body));
      await readWhile(writers, [
        async () => assertOneOf(await storage.get(KEY), BODIES),
        async () => assertWholeSize((await storage.head(KEY)).size),
        () => assertListedWhole(storage),
      ]);
    },
  },
  {
    name: 'put: a new object is seen whole or not at all',
    run: async ({ storage }) => {
      for (let round = 0; round < ROUNDS; round++) {
        await storage.delete(KEY);
        await readWhile([() => storage.put(KEY, BODIES[0]!)], wholeOrAbsent(storage), 1);
      }
    },
  },
  {
    name: 'create: a new object is seen whole or not at all',
    when: CREATE_IS_EXCLUSIVE,
    run: async ({ storage }) => {
      for (let round = 0; round < ROUNDS; round++) {
        await storage.delete(KEY);
        const create = () => storage.put(KEY, BODIES[0]!, { mode: 'create' });
        await readWhile([create], wholeOrAbsent(storage), 1);
      }
    },
  },
];

/** Lets every reader read again and again until each writer has written so many times. */
async function readWhile(
  writers: readonly (() => Promise<unknown>)[],
  readers: readonly (() => Promise<void>)[],
  times = ROUNDS,
): Promise<void> {
  let writing = true;
  const written = settleAll(writers.map((write) => repeat(write, times))).finally(() => {
    writing = false;
  });
  const read = readers.map(async (readOnce) => {
    do {
      await readOnce();
      // Reads that need no waiting would never let the writers go on.
      await turn();
    } while (writing);
  });
  await settleAll<unknown>([written, ...read]);
}

async function repeat(run: () => Promise<unknown>, times: number): Promise<void> {
  for (let round = 0; round < times; round++) await run();
}

function wholeOrAbsent(storage: StorageProvider): (() => Promise<void>)[] {
  return [
    async () => {
      const body = await storage.get(KEY).catch(undefinedIfAbsent);
      if (body !== undefined) assertOneOf(body, BODIES);
    },
    async () => {
      const info = await storage.head(KEY).catch(undefinedIfAbsent);
      if (info !== undefined) assertWholeSize(info.size);
    },
    () => assertListedWhole(storage),
  ];
}

function undefinedIfAbsent(error: unknown): undefined {
  if (!isStorageError(error, 'NOT_FOUND')) throw error;
}

async function assertListedWhole(storage: StorageProvider): Promise<void> {
  for (const { key, size } of await listAll(storage)) {
    assert.equal(key, KEY, 'nothing but the object itself may be listed while it is written');
    assertWholeSize(size);
  }
}

function assertWholeSize(size: number): void {
  assert.ok(SIZES.includes(size), `seen with ${size} bytes instead of ${SIZES.join(' or ')}`);
}
