import { FormatError, type JsonValue, parseJson } from '@metering/core';
import { describeValue, isPlainObject } from '@metering/core/building-blocks';

/** The object that a file holds, by wire names. */
export type FileBody = { readonly [field: string]: JsonValue };

/** @throws FormatError `INVALID_JSON`, or `UNEXPECTED_SHAPE` when it is no object. */
export function parseBody(json: Uint8Array, key: string): FileBody {
  const body = parseJson(json, { key });
  if (isPlainObject(body)) return body as FileBody;
  throw unexpectedShape(key, `the file must hold an object, not ${describeValue(body)}`);
}

/**
 * Holds every field that a file states to what its key says. The key wins: what was moved or copied
 * to another key must not be billed as what it is not.
 *
 * @throws FormatError `UNEXPECTED_SHAPE` naming the field and both values.
 */
export function checkAgainstKey(body: FileBody, key: string, stated: FileBody): void {
  for (const field in stated) {
    const found = body[field];
    if (found === undefined || found === stated[field]) continue;
    const values = `${describeValue(found)} in the file, but ${describeValue(stated[field])} by its key`;
    throw unexpectedShape(key, `${field} is ${values}`);
  }
}

export function unexpectedShape(key: string, what: string): FormatError {
  return new FormatError({ code: 'UNEXPECTED_SHAPE', message: `${key}: ${what}`, key });
}
