import { StorageFault } from '@metering/core';
import { classifyError } from './classify-error.ts';
import type { OssStorageOptions } from './oss-options.ts';

/** Asks for the versioning of the bucket: undefined where it never had any. */
export type AskVersioning = () => Promise<string | undefined>;

/**
 * Whether `create` is exclusive in a bucket. With versioning, also a suspended one, OSS ignores
 * `x-oss-forbid-overwrite` and puts a new version in front of the object that is there.
 */
export class ExclusiveCreate {
  readonly #bucket: string;
  #state: boolean | 'unknown';
  #problem: string | undefined;
  #asking: Promise<void> | undefined;

  constructor({ bucket, exclusiveCreate }: OssStorageOptions) {
    this.#bucket = bucket;
    this.#state = exclusiveCreate ?? 'unknown';
  }

  get state(): boolean | 'unknown' {
    return this.#state;
  }

  /** Why it is not, once that is known. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Resolves when `create` is safe. An answer that did not come is asked for again. */
  async require(ask: AskVersioning): Promise<void> {
    if (this.#state !== 'unknown') return;
    this.#asking ??= this.#find(ask).finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
    if (this.#problem === undefined) return;
    throw new StorageFault({ code: 'UNSUPPORTED', message: this.#problem });
  }

  async #find(ask: AskVersioning): Promise<void> {
    this.#problem = await findProblem(ask, this.#bucket);
    this.#state = this.#problem === undefined;
  }
}

async function findProblem(ask: AskVersioning, bucket: string): Promise<string | undefined> {
  try {
    const versioning = await ask();
    if (versioning === undefined) return undefined;
    return `the versioning of the bucket is ${versioning}, with which OSS has no exclusive create; use a bucket that never had versioning`;
  } catch (error) {
    // A role that STS refuses says nothing about the bucket.
    if (error instanceof StorageFault) throw error;
    const { code } = classifyError(error, bucket) ?? {};
    if (code !== 'PERMISSION_DENIED') throw error;
    return 'to know that the bucket has no versioning takes the permission oss:GetBucketVersioning; grant it, or vouch with exclusiveCreate: true';
  }
}
