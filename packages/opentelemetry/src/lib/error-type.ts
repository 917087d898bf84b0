import { isMeteringError } from '@metering/core';

/** https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/ */
export const ERROR_TYPE = 'error.type';

/** The kind of an error, of which there are few: the code of one of ours, else its name. */
export function errorType(error: unknown): string {
  if (isMeteringError(error)) return error.code;
  return error instanceof Error ? error.name : '_OTHER';
}
