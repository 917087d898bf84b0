import { createHash } from 'node:crypto';
import { compareUtf8 } from '@metering/core/building-blocks';
import { crc64 } from './crc64.ts';
import { noSuchBucket, noSuchKey, OssFault } from './oss-fault.ts';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly crc64: string;
  readonly lastModified: Date;
  readonly contentType: string;
}

/** `undefined` until it was ever switched on. */
export type Versioning = 'Enabled' | 'Suspended' | undefined;

/** One bucket; of a versioned one only the newest versions are kept. */
export class Bucket {
  readonly name: string;
  versioning: Versioning;
  readonly #objects = new Map<string, StoredObject>();

  constructor(name: string) {
    this.name = name;
  }

  /** `x-oss-forbid-overwrite` counts for nothing once versioning was ever on. */
  put(key: string, body: Buffer, contentType: string, forbidOverwrite: boolean): StoredObject {
    if (forbidOverwrite && this.versioning === undefined && this.#objects.has(key)) {
      throw new OssFault(409, 'FileAlreadyExists', 'The object you specified already exists.');
    }
    const etag = `"${createHash('md5').update(body).digest('hex').toUpperCase()}"`;
    const lastModified = new Date(Math.floor(Date.now() / 1000) * 1000);
    const object = { key, body, etag, crc64: crc64(body), lastModified, contentType };
    this.#objects.set(key, object);
    return object;
  }

  get(key: string): StoredObject {
    const object = this.#objects.get(key);
    if (object === undefined) throw noSuchKey();
    return object;
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  /** Every object below a prefix and after a key, in order. */
  list(prefix: string, startAfter: string): StoredObject[] {
    const keys = [...this.#objects.keys()].filter(
      (key) => key.startsWith(prefix) && (startAfter === '' || compareUtf8(key, startAfter) > 0),
    );
    return keys.sort(compareUtf8).map((key) => this.get(key));
  }
}

export class Buckets {
  readonly #buckets = new Map<string, Bucket>();

  create(name: string): void {
    if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
      throw new OssFault(400, 'InvalidBucketName', 'The specified bucket is not valid.');
    }
    if (!this.#buckets.has(name)) this.#buckets.set(name, new Bucket(name));
  }

  find(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw noSuchBucket();
    return bucket;
  }

  delete(name: string): void {
    if (!this.find(name).isEmpty) {
      throw new OssFault(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty.');
    }
    this.#buckets.delete(name);
  }

  names(): string[] {
    return [...this.#buckets.keys()].sort();
  }
}
