import type { StorageProvider } from '@metering/core';
import { describeValue } from '@metering/core/building-blocks';

/** @throws TypeError when `options` is no object, or its `storage` no storage. */
export function requireStorage(caller: string, options: unknown): void {
  if (typeof options !== 'object' || options === null || options instanceof Promise) {
    throw new TypeError(`${caller}: options must be an object, got ${describeValue(options)}`);
  }
  checkStorage(`${caller}: storage`, (options as { storage?: unknown }).storage);
}

/** @throws TypeError when the value is no storage. */
export function checkStorage(name: string, value: unknown): void {
  const storage = value as Partial<StorageProvider> | null | undefined;
  if (typeof storage?.get === 'function' && typeof storage.list === 'function') return;
  throw new TypeError(`${name} must be a StorageProvider, got ${describeValue(value)}`);
}

/** @throws TypeError when the value is no integer from `least` to `most`. */
export function checkInteger(
  name: string,
  value: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) {
    return;
  }
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new TypeError(`${name} must be an integer ${range}, got ${describeValue(value)}`);
}
