import { describeValue } from '../describe-value.ts';
import { isStorageError, type StorageErrorCode } from '../errors/storage-error.ts';
import { abortable } from './abortable.ts';
import { objectKeyProblem } from './object-key.ts';
import type { CallOptions, ObjectInfo, StorageProvider } from './storage-provider.ts';

export interface ProbeOptions extends CallOptions {
  /** Where the throw-away object goes, as a folder. Default `metering-probe`. */
  readonly folder?: string | undefined;
}

/** One sentence of the contract, tried on the store. */
export interface ProbeCheck {
  readonly name: string;
  readonly ok: boolean;
  /** Why not. */
  readonly problem?: string | undefined;
}

/** What a trial of a storage found. */
export interface ProbeReport {
  /** True when every check holds. */
  readonly ok: boolean;
  /** Whether `create` leaves an object that exists alone. */
  readonly exclusiveCreate: boolean;
  readonly checks: readonly ProbeCheck[];
}

/**
 * Tries the contract on two throw-away keys and reports what holds: run it once against a store that
 * nobody vouches for. It needs permission to write, read, list and delete below the folder, and leaves
 * nothing there. A failed check is reported, not thrown; only an abort is.
 *
 * @throws TypeError for a folder that no key can begin with.
 */
export async function probeStorage(
  storage: StorageProvider,
  options: ProbeOptions = {},
): Promise<ProbeReport> {
  const { folder = 'metering-probe', signal } = options;
  const key = probeKey(folder);
  const racedKey = `${key}-raced`;
  const checks: ProbeCheck[] = [];
  try {
    for (const [name, hold] of sentences(storage, key, racedKey, { signal })) {
      checks.push({ name, ...(await outcomeOf(hold, signal)) });
    }
  } finally {
    for (const probed of [key, racedKey]) {
      await abortable(storage.delete(probed), signal).catch(() => undefined);
    }
  }
  return {
    ok: checks.every(({ ok }) => ok),
    exclusiveCreate: checks.every(({ ok, name }) => ok || !OF_CREATE.includes(name)),
    checks,
  };
}

function probeKey(folder: string): string {
  const key = `${folder}/${crypto.randomUUID()}`;
  const problem = objectKeyProblem(key);
  if (problem === undefined) return key;
  throw new TypeError(`probeStorage: invalid folder ${describeValue(folder)}: ${problem}`);
}

async function outcomeOf(
  hold: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<Omit<ProbeCheck, 'name'>> {
  try {
    await hold();
    return { ok: true };
  } catch (error) {
    signal?.throwIfAborted();
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

const CREATE_SPARES = 'create leaves an object that exists alone';
const CREATE_IS_EXCLUSIVE = 'of several that create at once exactly one wins';
const OF_CREATE = [CREATE_SPARES, CREATE_IS_EXCLUSIVE];
/** The sizes of bodies, by which they are told apart. */
const RACERS = [1, 2, 3, 4, 5];

type Sentence = readonly [name: string, hold: () => Promise<void>];

/** The sentences of the contract in the order in which they build on each other. */
function sentences(
  storage: StorageProvider,
  key: string,
  racedKey: string,
  call: CallOptions,
): readonly Sentence[] {
  const create = { ...call, mode: 'create' } as const;
  const first = Uint8Array.of(1);
  const second = Uint8Array.of(2, 2);
  const expectBody = async (body: Uint8Array) =>
    expectSame(String(await storage.get(key, call)), String(body));
  const described = { key, size: second.length, dated: true };
  const listed = async (startAfter?: string) => {
    const all = [];
    for await (const info of storage.list({ prefix: key, startAfter }, call))
      all.push(describe(info));
    return all;
  };
  return [
    ['a missing object is NOT_FOUND', () => expectCode('NOT_FOUND', storage.get(key, call))],
    [
      'put and get',
      async () => {
        await storage.put(key, first, call);
        await expectBody(first);
      },
    ],
    [
      CREATE_SPARES,
      async () => {
        await expectCode('ALREADY_EXISTS', storage.put(key, second, create));
        await expectBody(first);
      },
    ],
    [
      'overwrite replaces',
      async () => {
        await storage.put(key, second, call);
        await expectBody(second);
      },
    ],
    [
      'get is bounded by maxBytes',
      () => expectCode('TOO_LARGE', storage.get(key, { ...call, maxBytes: 1 })),
    ],
    ['head', async () => expectSame(describe(await storage.head(key, call)), described)],
    ['list', async () => expectSame(await listed(), [described])],
    ['startAfter is exclusive', async () => expectSame(await listed(key), [])],
    [
      'delete, also of what is not there',
      async () => {
        await storage.delete(key, call);
        await storage.delete(key, call);
        await expectCode('NOT_FOUND', storage.head(key, call));
      },
    ],
    [
      CREATE_IS_EXCLUSIVE,
      async () => {
        const bodies = RACERS.map((size) => new Uint8Array(size));
        const puts = bodies.map((body) => storage.put(racedKey, body, create));
        const outcomes = await Promise.allSettled(puts);
        const lost = puts.filter((_, index) => outcomes[index]?.status === 'rejected');
        const winners = bodies.filter((_, index) => outcomes[index]?.status === 'fulfilled');
        for (const put of lost) await expectCode('ALREADY_EXISTS', put);
        expectSame(winners.map(String), [String(await storage.get(racedKey, call))]);
      },
    ],
  ];
}

function describe({ key, size, lastModified }: ObjectInfo) {
  return { key, size, dated: lastModified?.getTime() > 0 };
}

async function expectCode(code: StorageErrorCode, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (isStorageError(error, code)) return;
    throw error;
  }
  throw new Error(`succeeded instead of failing with ${code}`);
}

function expectSame(actual: unknown, expected: unknown): void {
  const [got, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (got !== wanted) throw new Error(`gave ${got} instead of ${wanted}`);
}
