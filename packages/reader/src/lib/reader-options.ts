import type { CallOptions, StorageProvider } from '@metering/core';
import { checkOptionNames, describeValue, type OptionNames } from '@metering/core/building-blocks';

const CALL_OPTIONS: OptionNames<CallOptions> = { signal: true };

/** @throws TypeError when `options` is no object, has other names, or its `storage` is no storage. */
export function requireStorage<Options extends { readonly storage: StorageProvider }>(
  caller: string,
  options: Options,
  names: OptionNames<Options>,
): void {
  checkOptionNames(caller, options, names);
  checkStorage(`${caller}: storage`, options.storage);
}

/** @throws TypeError when the options of a call are no object, or have other names. */
export function checkCallOptions(call: string, options: CallOptions): void {
  checkOptionNames(call, options, CALL_OPTIONS);
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
