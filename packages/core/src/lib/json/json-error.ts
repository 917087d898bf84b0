import { FormatError } from '../errors/format-error.ts';
import { codePointName } from '../keys/forbidden-character.ts';

/** Where a text comes from. */
interface TextOrigin {
  /** The key that the bytes were stored under. */
  readonly key?: string | undefined;
}

/** The character at a byte, for a message: by its number where it may not be seen. */
export function describeAt(bytes: Uint8Array, at: number): string {
  const text = decode(bytes.subarray(at, at + 4));
  if (text === '') return 'the end';
  return /^[!-~]/.test(text) ? JSON.stringify(text.charAt(0)) : codePointName(text);
}

/** The error at a byte, with its place, the key that the bytes were stored under and the limit exceeded. */
export function jsonError(
  bytes: Uint8Array,
  at: number,
  what: string,
  { key }: TextOrigin,
  limit?: number,
): FormatError {
  const before = bytes.subarray(0, at);
  // A hundred megabytes may be nothing but lines: none of them is kept.
  const line = before.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 1);
  const column = decode(before.subarray(before.lastIndexOf(0x0a) + 1)).length + 1;
  const subject = key === undefined ? 'Invalid JSON' : `${key}: invalid JSON`;
  return new FormatError({
    code: limit === undefined ? 'INVALID_JSON' : 'LIMIT_EXCEEDED',
    message: `${subject} at line ${line}, column ${column}: ${what}`,
    key,
    line,
    column,
    limit,
  });
}

/** What is not UTF-8 becomes U+FFFD; a byte order mark stays. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
