import { describeValue, messageOf } from '../describe-value.ts';
import { isStorageError } from '../errors/storage-error.ts';
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
  const keyProblem = objectKeyProblem(folder) ?? objectKeyProblem(racedKey);
  if (keyProblem !== undefined) {
    throw new TypeError(`probeStorage: invalid folder ${describeValue(folder)}: ${keyProblem}`);
  }
  signal?.throwIfAborted();
  const checks: ProbeCheck[] = [];
  try {
    for (const [name, expected, call] of sentences(storage, key, racedKey, { signal })) {
      const problem = await problemOf(expected, call, signal);
      checks.push(problem === undefined ? { name, ok: true } : { name, ok: false, problem });
    }
  } finally {
    for (const probed of [key, racedKey]) {
      await abortable(storage.delete(probed), signal).catch(() => undefined);
    }
  }
  const broken = checks.filter(({ ok }) => !ok);
  return {
    ok: broken.length === 0,
    exclusiveCreate: !broken.some(({ name }) => name.startsWith(CREATE)),
    checks,
  };
}

/** A sentence of the contract, what a call gives or fails with where it holds, and the call. */
type Sentence = readonly [name: string, expected: unknown, call: () => Promise<unknown>];

async function problemOf(
  expected: unknown,
  call: () => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const [got, wanted] = [await call(), expected].map((value) => JSON.stringify(value));
    return got === wanted ? undefined : `gave ${got} instead of ${wanted}`;
  } catch (error) {
    signal?.throwIfAborted();
    return isStorageError(error) && error.code === expected ? undefined : messageOf(error);
  }
}

/** How the sentences begin that say whether `create` is exclusive. */
const CREATE = 'create';
/** The sizes of bodies, by which they are told apart. */
const RACERS = [1, 2, 3, 4, 5];

/** The sentences in the order in which they build on each other. */
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
  const body = async () => String(await storage.get(key, call));
  const list = async (startAfter?: string) => {
    const listed = [];
    for await (const info of storage.list({ prefix: key, startAfter }, call)) {
      listed.push(describe(info));
    }
    return listed;
  };
  const race = async () => {
    const winners: number[] = [];
    const puts = RACERS.map(async (size) => {
      try {
        await storage.put(racedKey, new Uint8Array(size), create);
        winners.push(size);
      } catch (error) {
        if (!isStorageError(error, 'ALREADY_EXISTS')) throw error;
      }
    });
    await Promise.allSettled(puts);
    await Promise.all(puts);
    const { length } = await storage.get(racedKey, call);
    return { winners: winners.length, stored: winners.includes(length) };
  };
  return [
    ['a missing object is NOT_FOUND', 'NOT_FOUND', body],
    ['put and get', '1', () => storage.put(key, first, call).then(body)],
    [
      'create fails where an object exists',
      'ALREADY_EXISTS',
      () => storage.put(key, second, create),
    ],
    ['create leaves it alone', '1', body],
    ['overwrite replaces', '2,2', () => storage.put(key, second, call).then(body)],
    ['get is bounded by maxBytes', 'TOO_LARGE', () => storage.get(key, { ...call, maxBytes: 1 })],
    ['head', described, async () => describe(await storage.head(key, call))],
    ['list', [described], list],
    ['startAfter is exclusive', [], () => list(key)],
    ['delete', undefined, () => storage.delete(key, call)],
    ['a deleted object is NOT_FOUND', 'NOT_FOUND', () => storage.head(key, call)],
    ['delete of what is not there', undefined, () => storage.delete(key, call)],
    ['create of several at once succeeds for one', { winners: 1, stored: true }, race],
  ];
}

function describe({ key, size, lastModified }: ObjectInfo) {
  return { key, size, dated: lastModified?.getTime() > 0 };
}
