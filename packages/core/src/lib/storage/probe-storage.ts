import { isStorageError, type StorageErrorCode } from '../errors/storage-error.ts';
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

export interface ProbeReport {
  /** True when every check holds. */
  readonly ok: boolean;
  /** Whether `create` leaves an object that exists alone. */
  readonly exclusiveCreate: boolean;
  readonly checks: readonly ProbeCheck[];
}

/**
 * Tries the contract on a throw-away key and reports what holds: run it once against a store that
 * nobody vouches for. It needs permission to write, read, list and delete below the folder, and leaves
 * nothing there. A failed check is reported, not thrown; only an abort is.
 */
export async function probeStorage(
  storage: StorageProvider,
  options: ProbeOptions = {},
): Promise<ProbeReport> {
  const { folder = 'metering-probe', signal } = options;
  const probe = new Probe(storage, `${folder}/${crypto.randomUUID()}`, { signal });
  try {
    await probe.run();
  } finally {
    await storage.delete(probe.key).catch(() => undefined);
  }
  const { checks } = probe;
  const exclusiveCreate = checks.some(({ name, ok }) => name === CREATE_IS_EXCLUSIVE && ok);
  return { ok: checks.every(({ ok }) => ok), exclusiveCreate, checks };
}

const CREATE_IS_EXCLUSIVE = 'create leaves an object that exists alone';
const FIRST = new Uint8Array([1]);
const SECOND = new Uint8Array([2, 2]);

class Probe {
  readonly key: string;
  readonly checks: ProbeCheck[] = [];
  readonly #storage: StorageProvider;
  readonly #call: CallOptions;

  constructor(storage: StorageProvider, key: string, call: CallOptions) {
    this.#storage = storage;
    this.key = key;
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
    await this.#check(CREATE_IS_EXCLUSIVE, async () => {
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

  async #expectBody(expected: Uint8Array): Promise<void> {
    const body = await this.#storage.get(this.key, this.#call);
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
  if (Number.isNaN(info.lastModified?.getTime())) throw new Error('gave no time of modification');
}

async function collect(objects: AsyncIterable<ObjectInfo>): Promise<ObjectInfo[]> {
  const all: ObjectInfo[] = [];
  for await (const object of objects) all.push(object);
  return all;
}
