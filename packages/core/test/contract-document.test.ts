import { expect, expectTypeOf, it } from 'vitest';
import { createMemoryStorage, type StorageProvider as Exported } from '../src/index.ts';

// #region contract
interface StorageProvider {
  readonly name: string;
  readonly capabilities: {
    readonly exclusiveCreate: boolean | 'unknown';
    readonly listOrder: 'utf8' | 'utf16';
  };
  put(
    key: string,
    body: Uint8Array,
    options?: { mode?: 'overwrite' | 'create'; signal?: AbortSignal },
  ): Promise<{ readonly etag?: string | undefined }>;
  get(key: string, options?: { maxBytes?: number; signal?: AbortSignal }): Promise<Uint8Array>;
  head(key: string, options?: { signal?: AbortSignal }): Promise<ObjectInfo>;
  delete(key: string, options?: { signal?: AbortSignal }): Promise<void>;
  list(
    query?: { prefix?: string; startAfter?: string },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<ObjectInfo>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface ObjectInfo {
  readonly key: string;
  readonly size: number;
  readonly lastModified: Date;
  readonly etag?: string | undefined;
}
// #endregion contract

it('docs/contract.md shows the type that is exported', () => {
  expectTypeOf<keyof StorageProvider>().toEqualTypeOf<keyof Exported>();
  expectTypeOf<Exported>().toExtend<StorageProvider>();
  expectTypeOf<StorageProvider>().toExtend<Exported>();
  const storage: StorageProvider = createMemoryStorage();
  expect(storage.capabilities).toEqual({ exclusiveCreate: true, listOrder: 'utf8' });
});
