import { ValidationError } from '@metering/core';
import { MAX_JSON_BYTES } from '@metering/core/building-blocks';

/** A page would hold more than any reader takes. A `pageSizeBytes` of 0 ends no page, so it cannot be smaller. */
export function pageTooLarge(part: number, pageSizeBytes: number): ValidationError {
  const advice = pageSizeBytes === 0 ? 'must not be 0' : 'must be smaller';
  const message = `${advice} for these records: page ${part} would be more than ${MAX_JSON_BYTES} bytes of JSON, which no reader takes`;
  return limitError('Invalid metering data', 'pageSizeBytes', message);
}

/** One record is more than any page could hold. */
export function recordTooLarge(index: number): ValidationError {
  const message = `must be smaller: with it a page would be more than ${MAX_JSON_BYTES} bytes of JSON, which no reader takes, whatever pageSizeBytes is`;
  return limitError('Invalid metering data', `data[${index}]`, message);
}

/** @throws ValidationError for a metadata file of more JSON than any reader takes. */
export function checkMetaSize(bytes: number): void {
  if (bytes <= MAX_JSON_BYTES) return;
  const message = `must be smaller: the file would be ${bytes} bytes of JSON, and no reader takes more than ${MAX_JSON_BYTES}`;
  throw limitError('Invalid metadata', 'metadata', message);
}

function limitError(what: string, path: string, message: string): ValidationError {
  return new ValidationError({
    message: `${what}: ${path} ${message}`,
    issues: [{ path, code: 'TOO_LONG', message }],
  });
}
