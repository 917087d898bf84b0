import { StorageFault } from '@metering/core';
import { isAmazonHost } from './amazon-host.ts';

const IGNORED = 'this store ignores If-None-Match, so it has no exclusive create';

/** The calls that finding out needs. */
export interface ProbeCalls {
  /** Puts with `If-None-Match: *`; false when the store says that the object exists. */
  create(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
}

/**
 * Whether a store honours `If-None-Match: *`. Many that speak S3 ignore the header and replace what is
 * there (https://github.com/seaweedfs/seaweedfs/issues/7153), so a store that nobody vouches for is tried
 * out once, on a key of its own: two creates, of which the second must fail, and a delete.
 */
export class ExclusiveCreate {
  #known: boolean | undefined;
  #probing: Promise<boolean> | undefined;

  constructor(vouched: boolean | undefined) {
    this.#known = vouched;
  }

  /** Why it is not, once that is known. */
  get problem(): string | undefined {
    return this.#known === false ? IGNORED : undefined;
  }

  get state(): boolean | 'unknown' {
    return this.#known ?? 'unknown';
  }

  /** Resolves when `create` is safe on the store behind the host. */
  async require(host: string, calls: ProbeCalls): Promise<void> {
    if (this.#known === undefined && isAmazonHost(host)) this.#known = true;
    this.#known ??= await this.#probe(calls);
    if (this.#known) return;
    throw new StorageFault({ code: 'UNSUPPORTED', message: IGNORED });
  }

  #probe(calls: ProbeCalls): Promise<boolean> {
    this.#probing ??= probe(calls).finally(() => {
      this.#probing = undefined;
    });
    return this.#probing;
  }
}

async function probe({ create, remove }: ProbeCalls): Promise<boolean> {
  const key = `metering-probe/${crypto.randomUUID()}`;
  try {
    await create(key);
    return !(await create(key));
  } catch (error) {
    if ((error as Error)?.name === 'NotImplemented') return false;
    throw error;
  } finally {
    await remove(key).catch(() => undefined);
  }
}
