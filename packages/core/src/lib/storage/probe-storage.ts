import { describeValue, messageOf } from '../describe-value.ts';
import { isStorageError, type StorageErrorCode } from '../errors/storage-error.ts';
import { abortable } from './abortable.ts';
import { objectKeyProblem } from './object-key.ts';
import type { CallOptions, ObjectInfo, StorageProvider } from './storage-provider.ts';

/** Where a storage is tried. */
export interface ProbeOptions extends CallOptions {
  /** Where the two throw-away objects go, as a folder. Default `metering-probe`. */
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
  const key = `${folder}/${crypto.randomUUID()}`;
  const racedKey = `${key}-raced`;
  const problem = objectKeyProblem(folder) ?? objectKeyProblem(racedKey);
  if (problem !== undefined) {
    throw new TypeError(`probeStorage: invalid folder ${describeValue(folder)}: ${problem}`);
  }
  signal?.throwIfAborted();
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
  const broken = checks.filter(({ ok }) => !ok);
  return {
    ok: broken.length === 0,
    exclusiveCreate: !broken.some(({ name }) => OF_CREATE.includes(name)),
    checks,
  };
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
    return { ok: false, problem: messageOf(error) };
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
  const described = { key, size: 2, dated: true };
  const expectBody = async (body: Uint8Array, before: Promise<unknown>) => {
    await before;
    expectSame(String(await storage.get(key, call)), String(body));
  };
  const expectListed = async (expected: unknown, startAfter?: string) => {
    const listed = [];
    for await (const info of storage.list({ prefix: key, startAfter }, call)) {
      listed.push(describe(info));
    }
    expectSame(listed, expected);
  };
  return [
    ['a missing object is NOT_FOUND', () => expectCode('NOT_FOUND', storage.get(key, call))],
    ['put and get', () => expectBody(first, storage.put(key, first, call))],
    [
      CREATE_SPARES,
      () => expectBody(first, expectCode('ALREADY_EXISTS', storage.put(key, second, create))),
    ],
    ['overwrite replaces', () => expectBody(second, storage.put(key, second, call))],
    [
      'get is bounded by maxBytes',
      () => expectCode('TOO_LARGE', storage.get(key, { ...call, maxBytes: 1 })),
    ],
    ['head', async () => expectSame(describe(await storage.head(key, call)), described)],
    ['list', () => expectListed([described])],
    ['startAfter is exclusive', () => expectListed([], key)],
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
        const winners: string[] = [];
        const puts = RACERS.map(async (size) => {
          const body = new Uint8Array(size);
          await storage.put(racedKey, body, create);
          winners.push(String(body));
        });
        await Promise.allSettled(puts);
        for (const put of puts) await put.catch(unlessItExists);
        expectSame(winners, [String(await storage.get(racedKey, call))]);
      },
    ],
  ];
}

function describe({ key, size, lastModified }: ObjectInfo) {
  return { key, size, dated: lastModified?.getTime() > 0 };
}

function unlessItExists(error: unknown): void {
  if (!isStorageError(error, 'ALREADY_EXISTS')) throw error;
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
