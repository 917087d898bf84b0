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

/** What a value is made of, whether it may be left out or changed. */
type Members<T> = T extends string | number | boolean | Uint8Array | Date | AbortSignal
  ? T
  : { -readonly [Name in keyof T]-?: Members<Exclude<T[Name], undefined>> };

type ArgumentsOf<Arguments extends readonly unknown[]> = {
  [Index in keyof Arguments]-?: Members<Exclude<Arguments[Index], undefined>>;
};

type ResultOf<Result> =
  Result extends Promise<infer Value>
    ? { readonly promised: Members<Value> }
    : Result extends AsyncIterable<infer Value>
      ? { readonly iterated: Members<Value> }
      : Result;

/** Of each method: how many arguments it takes, what these are made of, and what its result is. */
type CallsOf<T> = {
  [Name in keyof T]: T[Name] extends (...options: infer Arguments) => infer Result
    ? {
        readonly count: Arguments['length'];
        readonly arguments: ArgumentsOf<Arguments>;
        readonly result: ResultOf<Result>;
      }
    : T[Name];
};

it('docs/contract.md shows the type that is exported', () => {
  expectTypeOf<keyof StorageProvider>().toEqualTypeOf<keyof Exported>();
  // Types of methods extend one another both ways when one lacks an option of the other, or a member.
  expectTypeOf<CallsOf<StorageProvider>>().toEqualTypeOf<CallsOf<Exported>>();
  expectTypeOf<Exported>().toExtend<StorageProvider>();
  expectTypeOf<StorageProvider>().toExtend<Exported>();
  const storage: StorageProvider = createMemoryStorage();
  expect(storage.capabilities).toEqual({ exclusiveCreate: true, listOrder: 'utf8' });
});
