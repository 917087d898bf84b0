import { FormatError, type FormatErrorCode } from '../errors/format-error.ts';
import { MAX_JSON_DEPTH } from '../validation/check-json.ts';

/** Where a text comes from. */
interface TextOrigin {
  /** The key that the bytes were stored under. */
  readonly key?: string | undefined;
}

/** The character at a byte, for a message; a byte that begins none by its number. */
export function describeAt(bytes: Uint8Array, at: number): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at, at + 4));
  const character = String.fromCodePoint(text.codePointAt(0)!);
  if (character === '\ufeff') return 'a byte order mark';
  if (character > ' ' && character !== '\ufffd') return JSON.stringify(character);
  return `the byte 0x${bytes[at]!.toString(16).padStart(2, '0')}`;
}

/** The error of text that is no JSON at a byte. */
export function syntaxError(
  bytes: Uint8Array,
  at: number,
  what: string,
  origin: TextOrigin,
): FormatError {
  return jsonError(bytes, at, what, 'INVALID_JSON', origin);
}

/** The error at a byte, with its place and the key that the bytes were stored under. */
export function jsonError(
  bytes: Uint8Array,
  at: number,
  what: string,
  code: FormatErrorCode,
  { key }: TextOrigin,
): FormatError {
  const { line, column } = placeOf(bytes, at);
  const subject = key === undefined ? 'Invalid JSON' : `${key}: invalid JSON`;
  const limit = code === 'LIMIT_EXCEEDED' ? MAX_JSON_DEPTH : undefined;
  return new FormatError({
    code,
    message: `${subject} at line ${line}, column ${column}: ${what}`,
    key,
    line,
    column,
    limit,
  });
}

function placeOf(bytes: Uint8Array, at: number): { line: number; column: number } {
  let line = 1;
  let column = 1;
  for (let index = 0; index < at; index++) {
    const byte = bytes[index]!;
    if (byte === 0x0a) {
      line += 1;
      column = 1;
    } else {
      column += unitsOf(byte);
    }
  }
  return { line, column };
}

/** How many UTF-16 units the character has that begins with a byte; what only goes on has none. */
function unitsOf(byte: number): number {
  if (byte >= 0x80 && byte < 0xc0) return 0;
  return byte < 0xf0 ? 1 : 2;
}
