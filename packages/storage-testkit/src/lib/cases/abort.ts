import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { StorageProvider } from '@metering/core';
import { assertAbortsAtOnce, assertRejectsWith } from '../assert-abort.ts';
import { assertBytes, assertOneOf } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertNoUnhandledRejection } from '../assert-no-unhandled-rejection.ts';
import { assertAbsent } from '../assert-storage-error.ts';
import { bodyOf } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { CREATE_IS_EXCLUSIVE } from '../gates.ts';
import { listAll, listKeys } from '../listing.ts';
import { putAll } from '../put-all.ts';

const KEY = 'folder/object';
const OLD = bodyOf(1_000);
const NEW = bodyOf(2 * 1024 * 1024, 1);
/** After how many turns of the event loop a call is aborted: at the start, and on its way. */
const TURNS = [0, 1, 2, 4, 8, 16];
const REASONS: readonly unknown[] = [
  new Error('aborted by the test kit'),
  new TypeError('aborted by the test kit'),
  new DOMException('too slow', 'TimeoutError'),
  { why: 'an object' },
  'text',
  0,
  null,
];

type Call = (storage: StorageProvider, signal: AbortSignal) => Promise<unknown>;

const CALLS: Readonly<Record<string, Call>> = {
  put: (storage, signal) => storage.put(KEY, NEW, { signal }),
  get: (storage, signal) => storage.get(KEY, { signal }),
  head: (storage, signal) => storage.head(KEY, { signal }),
  delete: (storage, signal) => storage.delete(KEY, { signal }),
  list: (storage, signal) => listAll(storage, {}, { signal }),
};

export const abortCases: readonly ConformanceCase[] = [
  ...Object.entries(CALLS).map(([name, call]) => abortedBefore(name, call)),
  ...Object.entries(CALLS).map(([name, call]) => abortedDuring(name, call)),
  {
    name: 'create: aborted before, it rejects with signal.reason and stores nothing',
    when: CREATE_IS_EXCLUSIVE,
    run: async ({ storage }) => {
      const reason = new Error('aborted by the test kit');
      const signal = AbortSignal.abort(reason);
      await assertRejectsWith(reason, () => storage.put(KEY, NEW, { mode: 'create', signal }));
      await assertAbsent(storage, KEY);
    },
  },
  {
    name: 'put: aborted while it runs, the object is whole or absent',
    run: async ({ storage }) => {
      const started: string[] = [];
      for (const turns of TURNS) {
        const key = `${KEY}-${turns}`;
        await assertAbortsAtOnce((signal) => storage.put(key, NEW, { signal }), turns);
        started.push(key);
        await assertWholeOrAbsent(storage, started);
      }
    },
  },
  {
    name: 'put: an overwrite that is aborted while it runs leaves the old object or the new one',
    run: async ({ storage }) => {
      await storage.put(KEY, OLD);
      for (const turns of TURNS) {
        await assertAbortsAtOnce((signal) => storage.put(KEY, NEW, { signal }), turns);
        assertOneOf(await storage.get(KEY), [OLD, NEW]);
        await assertListing(storage, [KEY]);
      }
    },
  },
  {
    name: 'list: aborted in the middle, it rejects with signal.reason and is at its end',
    run: async ({ storage }) => {
      await putAll(storage, ['a', 'b', 'c']);
      const controller = new AbortController();
      const { signal } = controller;
      const objects = storage.list({}, { signal })[Symbol.asyncIterator]();
      assert.equal((await objects.next()).value?.key, 'a');
      const reason = new Error('aborted by the test kit');
      controller.abort(reason);
      await assertRejectsWith(reason, () => objects.next());
      assert.equal((await objects.next()).done, true);
    },
  },
  {
    name: 'abort: signal.reason may be any value and is passed on as it is',
    run: async ({ storage }) => {
      for (const reason of REASONS) {
        const signal = AbortSignal.abort(reason);
        for (const call of Object.values(CALLS)) {
          await assertRejectsWith(reason, () => call(storage, signal));
        }
      }
      const { signal } = abortedWithoutReason();
      for (const call of Object.values(CALLS)) {
        await assertRejectsWith(signal.reason, () => call(storage, signal));
      }
    },
  },
  {
    name: 'abort: after a call it changes nothing',
    run: async ({ storage }) => {
      const controller = new AbortController();
      const { signal } = controller;
      await storage.put(KEY, OLD, { signal });
      const body = await storage.get(KEY, { signal });
      assert.deepEqual(await listKeys(storage, {}, { signal }), [KEY]);
      controller.abort(new Error('aborted by the test kit'));
      assertBytes(body, OLD);
      assertBytes(await storage.get(KEY), OLD);
    },
  },
  {
    name: 'abort: leaves no rejection unhandled',
    run: async ({ storage }) => {
      await storage.put(KEY, OLD);
      await assertNoUnhandledRejection(async () => {
        for (const call of Object.values(CALLS)) {
          for (const turns of TURNS) {
            await assertAbortsAtOnce((signal) => call(storage, signal), turns);
            await storage.put(KEY, OLD);
          }
        }
      });
    },
  },
  {
    name: 'abort: a call that has ended leaves no listener on its signal',
    run: async ({ storage }) => {
      const { signal } = new AbortController();
      for (const [name, call] of Object.entries(CALLS)) {
        await storage.put(KEY, OLD);
        await call(storage, signal);
        await turn();
        const { length } = getEventListeners(signal, 'abort');
        assert.equal(length, 0, `${name} left ${length} listeners`);
      }
    },
  },
  {
    name: 'abort: of one call leaves the other calls alone',
    run: async ({ storage }) => {
      await storage.put(KEY, OLD);
      const controller = new AbortController();
      const aborted = storage.get(KEY, { signal: controller.signal });
      const others = Promise.all([storage.get(KEY), storage.head(KEY), listKeys(storage)]);
      controller.abort(new Error('aborted by the test kit'));
      await Promise.allSettled([aborted]);
      assertBytes((await others)[0], OLD);
    },
  },
];

function abortedBefore(name: string, call: Call): ConformanceCase {
  return {
    name: `${name}: aborted before, it rejects with signal.reason and does nothing`,
    run: async ({ storage }) => {
      const reason = new Error('aborted by the test kit');
      const signal = AbortSignal.abort(reason);
      await assertRejectsWith(reason, () => call(storage, signal));
      await assertListing(storage, []);
      await storage.put(KEY, OLD);
      await assertRejectsWith(reason, () => call(storage, signal));
      assertBytes(await storage.get(KEY), OLD);
    },
  };
}

function abortedDuring(name: string, call: Call): ConformanceCase {
  return {
    name: `${name}: aborted while it runs, it rejects at once with signal.reason`,
    run: async ({ storage }) => {
      for (const turns of TURNS) {
        await storage.put(KEY, OLD);
        await assertAbortsAtOnce((signal) => call(storage, signal), turns);
      }
    },
  };
}

async function assertWholeOrAbsent(
  storage: StorageProvider,
  keys: readonly string[],
): Promise<void> {
  for (const { key, size } of await listAll(storage)) {
    assert.ok(keys.includes(key), `${key} is listed, but was never put`);
    assert.equal(size, NEW.byteLength, 'the size of what an aborted put left');
    assertBytes(await storage.get(key), NEW);
  }
}

function abortedWithoutReason(): AbortController {
  const controller = new AbortController();
  controller.abort();
  return controller;
}
