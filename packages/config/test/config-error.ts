import { ConfigError } from '@metering/core';
import { expect } from 'vitest';

/** The error that a call fails with, which must be a `ConfigError`. */
export async function configError(call: () => unknown): Promise<ConfigError> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error as ConfigError;
  }
  throw new Error('No error was thrown');
}
