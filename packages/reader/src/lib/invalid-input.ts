import { ValidationError } from '@metering/core';

/** The error for one argument that is of the wrong kind. `what` begins its message. */
export function invalidInput(what: string, path: string, message: string): ValidationError {
  return new ValidationError({
    message: `${what}: ${path}: ${message}`,
    issues: [{ path, code: 'WRONG_TYPE', message }],
  });
}
