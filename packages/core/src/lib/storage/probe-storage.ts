import { isStorageError, type StorageErrorCode } from '../errors/storage-error.ts';
import { describeValue } from '../validation/issue-list.ts';
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
  const probe = new Probe(storage, probeKey(folder), { signal });
  try {
    await probe.run();
  } finally {
    for (const key of [probe.key, probe.racedKey]) {
      await abortable(storage.delete(key), signal).catch(() => undefined);
    }
  }
  const { checks } = probe;
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  const exclusiveCreate = !failed.includes(CREATE_SPARES) && !failed.includes(CREATE_IS_EXCLUSIVE);
  return { ok: failed.length === 0, exclusiveCreate, checks };
}

function probeKey(folder: string): string {
  const key = `${folder}/${crypto.randomUUID()}`;
  const problem = objectKeyProblem(key);
  if (problem === undefined) return key;
  throw new TypeError(`probeStorage: invalid folder ${describeValue(folder)}: ${problem}`);
}

const CREATE_SPARES = 'create leaves an object that exists alone';
const CREATE_IS_EXCLUSIVE = 'of several that create at once exactly one wins';
const FIRST = /* @__PURE__ */ Uint8Array.of(1);
const SECOND = /* @__PURE__ */ Uint8Array.of(2, 2);
/** Told apart by their sizes. */
const RACERS = [1, 2, 3, 4, 5];

class Probe {
  readonly key: string;
  readonly racedKey: string;
  readonly checks: ProbeCheck[] = [];
  readonly #storage: StorageProvider;
  readonly #call: CallOptions;

  constructor(storage: StorageProvider, key: string, call: CallOptions) {
    this.#storage = storage;
    this.key = key;
    this.racedKey = `${key}-raced`;
    this.#call = call;
  }

  async run(): Promise<void> {
    const { key } = this;
    const storage = this.#storage;
    const call = this.#call;
    await this.#check('a missing object is NOT_FOUND', () =>
      expectCode('NOT_FOUND', storage.get(key, call)),
    );
    await this.#check('put and get', async () => {
      await storage.put(key, FIRST, call);
      await this.#expectBody(FIRST);
    });
    await this.#check(CREATE_SPARES, async () => {
      await expectCode('ALREADY_EXISTS', storage.put(key, SECOND, { ...call, mode: 'create' }));
      await this.#expectBody(FIRST);
    });
    await this.#check('overwrite replaces', async () => {
      await storage.put(key, SECOND, call);
      await this.#expectBody(SECOND);
    });
    await this.#check('get is bounded by maxBytes', () =>
      expectCode('TOO_LARGE', storage.get(key, { ...call, maxBytes: 1 })),
    );
    await this.#check('head', async () => expectInfo(await storage.head(key, call), key));
    await this.#check('list', async () => {
      const listed = await collect(storage.list({ prefix: key }, call));
      if (listed.length !== 1) throw new Error(`listed ${listed.length} objects instead of 1`);
      expectInfo(listed[0]!, key);
    });
    await this.#check('startAfter is exclusive', async () => {
      const listed = await collect(storage.list({ prefix: key, startAfter: key }, call));
      if (listed.length > 0) throw new Error('listed the key that it should start after');
    });
    await this.#check('delete, also of what is not there', async () => {
      await storage.delete(key, call);
      await storage.delete(key, call);
      await expectCode('NOT_FOUND', storage.head(key, call));
    });
    await this.#check(CREATE_IS_EXCLUSIVE, () => this.#race());
  }

  async #race(): Promise<void> {
    const bodies = RACERS.map((size) => new Uint8Array(size));
    const call = { ...this.#call, mode: 'create' } as const;
    const puts = bodies.map((body) => this.#storage.put(this.racedKey, body, call));
    const outcomes = await Promise.allSettled(puts);
    const winners = bodies.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    for (const put of puts.filter((_, index) => outcomes[index]?.status === 'rejected')) {
      await expectCode('ALREADY_EXISTS', put);
    }
    if (winners.length !== 1) throw new Error(`${winners.length} of ${puts.length} succeeded`);
    await this.#expectBody(winners[0]!, this.racedKey);
  }

  async #check(name: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
      this.checks.push({ name, ok: true });
    } catch (error) {
      this.#call.signal?.throwIfAborted();
      const problem = error instanceof Error ? error.message : String(error);
      this.checks.push({ name, ok: false, problem });
    }
  }

  async #expectBody(expected: Uint8Array, key = this.key): Promise<void> {
    const body = await this.#storage.get(key, this.#call);
    const same = body.length === expected.length && body.every((byte, i) => byte === expected[i]);
    if (!same) throw new Error('get gave other bytes than were put');
  }
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

function expectInfo(info: ObjectInfo, key: string): void {
  if (info.key !== key) throw new Error(`gave the key ${JSON.stringify(info.key)}`);
  if (info.size !== SECOND.length) throw new Error(`gave the size ${info.size}`);
  if (!(info.lastModified?.getTime() > 0)) throw new Error('gave no time of modification');
}

async function collect(objects: AsyncIterable<ObjectInfo>): Promise<ObjectInfo[]> {
  const all: ObjectInfo[] = [];
  for await (const object of objects) all.push(object);
  return all;
}
