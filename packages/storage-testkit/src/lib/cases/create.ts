import assert from 'node:assert/strict';
import { isStorageError, type StorageProvider } from '@metering/core';
import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertAbsent, assertStorageError } from '../assert-storage-error.ts';
import { bodyOf } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { CREATE_IS_EXCLUSIVE, CREATE_IS_UNKNOWN, CREATE_IS_UNSUPPORTED } from '../gates.ts';

const KEY = 'folder/object';
const RACERS = 50;

export const createCases: readonly ConformanceCase[] = [
  {
    name: 'create: stores a new object',
    when: CREATE_IS_EXCLUSIVE,
    run: async ({ storage }) => {
      await create(storage, bodyOf(100));
      assertBytes(await storage.get(KEY), bodyOf(100));
    },
  },
  {
    name: 'create: on an object that exists, with other bytes, is ALREADY_EXISTS and changes nothing',
    when: CREATE_IS_EXCLUSIVE,
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(100));
      await assertRefused(storage, 'ALREADY_EXISTS', bodyOf(200));
      assertBytes(await storage.get(KEY), bodyOf(100));
    },
  },
  {
    name: 'create: never compares: on an object with equal bytes it is ALREADY_EXISTS too',
    when: CREATE_IS_EXCLUSIVE,
    run: async ({ storage }) => {
      await create(storage, bodyOf(100));
      await assertRefused(storage, 'ALREADY_EXISTS', bodyOf(100));
      assertBytes(await storage.get(KEY), bodyOf(100));
    },
  },
  {
    name: 'create: an object without bytes exists too',
    when: CREATE_IS_EXCLUSIVE,
    run: async ({ storage }) => {
      await create(storage, bodyOf(0));
      await assertRefused(storage, 'ALREADY_EXISTS', bodyOf(10));
      assertBytes(await storage.get(KEY), bodyOf(0));
    },
  },
  {
    name: 'create: stores again what was deleted',
    when: CREATE_IS_EXCLUSIVE,
    run: async ({ storage }) => {
      await create(storage, bodyOf(100));
      await storage.delete(KEY);
      await create(storage, bodyOf(200));
      assertBytes(await storage.get(KEY), bodyOf(200));
    },
  },
  {
    name: 'create: of 50 racers with different bytes exactly one wins, and its bytes are whole',
    when: CREATE_IS_EXCLUSIVE,
    run: ({ storage }) => assertOneWinner(storage, (racer) => bodyOf(64 * 1024 + racer, racer)),
  },
  {
    name: 'create: of 50 racers with equal bytes exactly one wins',
    when: CREATE_IS_EXCLUSIVE,
    run: ({ storage }) => assertOneWinner(storage, () => bodyOf(64 * 1024)),
  },
  {
    name: 'create: where exclusiveCreate is false it is UNSUPPORTED and stores nothing',
    when: CREATE_IS_UNSUPPORTED,
    run: async ({ storage }) => {
      await assertRefused(storage, 'UNSUPPORTED', bodyOf(100));
      await assertAbsent(storage, KEY);
      await assertListing(storage, []);
    },
  },
  {
    name: 'create: where exclusiveCreate is false an object that exists is left alone',
    when: CREATE_IS_UNSUPPORTED,
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(100));
      await assertRefused(storage, 'UNSUPPORTED', bodyOf(200));
      assertBytes(await storage.get(KEY), bodyOf(100));
    },
  },
  {
    name: 'create: where exclusiveCreate is unknown the first one is exclusive, or UNSUPPORTED',
    when: CREATE_IS_UNKNOWN,
    run: async ({ storage }) => {
      if (await createOrUnsupported(storage, bodyOf(100))) {
        await assertRefused(storage, 'ALREADY_EXISTS', bodyOf(200));
        assertBytes(await storage.get(KEY), bodyOf(100));
        assert.notEqual(storage.capabilities.exclusiveCreate, false);
      } else {
        await assertAbsent(storage, KEY);
        assert.notEqual(storage.capabilities.exclusiveCreate, true);
      }
    },
  },
  {
    name: 'create: where exclusiveCreate is unknown an object that exists is left alone',
    when: CREATE_IS_UNKNOWN,
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(100));
      for (const body of [bodyOf(200), bodyOf(100)]) {
        await assert.rejects(create(storage, body), isRefusal, 'create must not overwrite');
        assertBytes(await storage.get(KEY), bodyOf(100));
      }
    },
  },
];

function create(storage: StorageProvider, body: Uint8Array) {
  return storage.put(KEY, body, { mode: 'create' });
}

function assertRefused(
  storage: StorageProvider,
  code: 'ALREADY_EXISTS' | 'UNSUPPORTED',
  body: Uint8Array,
): Promise<void> {
  const expected = { code, operation: 'put', key: KEY } as const;
  return assertStorageError(storage, expected, () => create(storage, body));
}

/** True when it stored the object, false when it is UNSUPPORTED. */
async function createOrUnsupported(storage: StorageProvider, body: Uint8Array): Promise<boolean> {
  try {
    await create(storage, body);
    return true;
  } catch (error) {
    if (isStorageError(error, 'UNSUPPORTED')) return false;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return isStorageError(error, 'ALREADY_EXISTS') || isStorageError(error, 'UNSUPPORTED');
}

async function assertOneWinner(
  storage: StorageProvider,
  bodyOfRacer: (racer: number) => Uint8Array,
): Promise<void> {
  const bodies = Array.from({ length: RACERS }, (_, racer) => bodyOfRacer(racer));
  const outcomes = await Promise.allSettled(bodies.map((body) => create(storage, body)));
  const winners = bodies.filter((_, racer) => outcomes[racer]?.status === 'fulfilled');
  assert.equal(winners.length, 1, `${winners.length} of ${RACERS} racers won`);
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    const expected = { code: 'ALREADY_EXISTS', operation: 'put', key: KEY } as const;
    await assertStorageError(storage, expected, () => Promise.reject(outcome.reason));
  }
  assertBytes(await storage.get(KEY), winners[0]!);
  await assertListing(storage, [KEY]);
}
