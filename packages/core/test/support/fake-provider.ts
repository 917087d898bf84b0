import {
  defineStorageProvider,
  type ObjectInfo,
  type StorageBackend,
  type StorageProvider,
} from '../../src/index.ts';
import { backendWith } from './backend-with.ts';
import { collect } from './collect.ts';

/** A provider whose backend has the calls given; every other call is a fault of the test. */
export function provider(calls: Partial<StorageBackend>): StorageProvider {
  return defineStorageProvider(backendWith(calls));
}

/** An object of a listing. */
export function info(key: string): ObjectInfo {
  return { key, size: 1, lastModified: new Date(1) };
}

/** A listing. */
export async function* infos(...keys: string[]): AsyncGenerator<ObjectInfo> {
  for (const key of keys) yield info(key);
}

/** Every call of a provider, on the key `k` where it takes one. */
export const calls: readonly (readonly [
  operation: string,
  call: (storage: StorageProvider, signal?: AbortSignal) => Promise<unknown>,
])[] = [
  ['put', (storage, signal) => storage.put('k', new Uint8Array([1, 2, 3]), { signal })],
  ['get', (storage, signal) => storage.get('k', { signal })],
  ['head', (storage, signal) => storage.head('k', { signal })],
  ['delete', (storage, signal) => storage.delete('k', { signal })],
  ['list', (storage, signal) => collect(storage.list({ prefix: 'k' }, { signal }))],
];
