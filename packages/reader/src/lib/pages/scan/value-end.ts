import { MAX_JSON_DEPTH } from '@metering/core/building-blocks';
import { Surprise } from './surprise.ts';

/** The end of a value is not at hand yet. */
export const INCOMPLETE = -1;

/** As deep as a value may be wherever it stands in a page: in the page, its data, a record. */
const DEEPEST = MAX_JSON_DEPTH - 3;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Where a JSON value ends, if it is one: whether it is, only its parser tells. No two values begin at one
 * place and end at different ones, so a parser that takes exactly these bytes for a value takes them for
 * the same one in front of whatever follows.
 *
 * @returns The offset behind it, or `INCOMPLETE`.
 * @throws Surprise when it is nested so deep that it depends on where it stands.
 */
export function valueEnd(bytes: Uint8Array, start: number, end: number): number {
  switch (bytes[start]) {
    case QUOTE:
      return stringEnd(bytes, start, end);
    case OPEN_BRACE:
    case OPEN_BRACKET:
      return containerEnd(bytes, start, end);
    default:
      return scalarEnd(bytes, start, end);
  }
}

function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return INCOMPLETE;
}

/** Counts all brackets alike: their parser sees whether they match. */
function containerEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = stringEnd(bytes, at, end) - 1;
      if (at < 0) return INCOMPLETE;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      if (depth > DEEPEST) throw new Surprise('nested deep');
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return INCOMPLETE;
}

/** A number or a word: it goes on until something follows. */
function scalarEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return at;
  }
  return INCOMPLETE;
}
