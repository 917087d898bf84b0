import { afterByte, afterThreeBytes, afterTwoBytes } from './checksum.ts';

const ZERO = 0x30;
const BILLION = 1_000_000_000;

/**
 * The digits of an integer are written in groups: three at a time, and what is left over at the front, one
 * or two. A group of one digit is that literal byte; these are the others.
 */
export const FIRST_GROUP = 256;
/** `000` to `999`. */
const THREE_DIGITS = FIRST_GROUP;
/** `00` to `99`. */
const TWO_DIGITS = THREE_DIGITS + 1000;
export const GROUPS_END = TWO_DIGITS + 100;

/** An integer below 2^53 has no more groups. */
export const MOST_GROUPS = 6;

/** The digits of each group, from the first on. */
export const GROUP_DIGITS: readonly (readonly number[])[] = Array.from(
  { length: GROUPS_END - FIRST_GROUP },
  (_, index) => {
    const text = index < 1000 ? String(index).padStart(3, '0') : String(index).slice(2);
    return [...text].map((digit) => digit.charCodeAt(0));
  },
);

/** The digits of each group as a little-endian number. */
const GROUP_BYTES = Int32Array.from(GROUP_DIGITS, (digits) =>
  digits.reduceRight((bytes, digit) => (bytes << 8) | digit, 0),
);

/** How many digits an integer from 0 to 2^53 − 1 has. */
export function digitCount(value: number): number {
  if (value >= BILLION) {
    const high = Math.floor(value / BILLION);
    return 9 + smallDigitCount(high);
  }
  return smallDigitCount(value);
}

/**
 * Puts the groups of an integer into a list.
 *
 * @param count how many digits it has.
 * @returns where the list ends then.
 */
export function putGroups(value: number, count: number, list: Int32Array, start: number): number {
  if (count <= 9) return putFirstGroups(value | 0, count, list, start);
  let high = Math.floor(value / BILLION);
  // The quotient may have been rounded up to the next integer.
  if (high * BILLION > value) high -= 1;
  const at = putFirstGroups(high, count - 9, list, start);
  const low = (value - high * BILLION) | 0;
  const thousands = (low / 1000) | 0;
  const millions = (thousands / 1000) | 0;
  list[at] = THREE_DIGITS + millions;
  list[at + 1] = THREE_DIGITS + thousands - millions * 1000;
  list[at + 2] = THREE_DIGITS + low - thousands * 1000;
  return at + 3;
}

/** The register of the checksum after the groups of a list. */
export function afterGroups(
  register: number,
  list: Int32Array,
  start: number,
  end: number,
): number {
  let next = register;
  for (let at = start; at < end; at++) {
    const group = list[at]!;
    if (group < FIRST_GROUP) next = afterByte(next, group);
    else if (group < TWO_DIGITS) next = afterThreeBytes(next, GROUP_BYTES[group - FIRST_GROUP]!);
    else next = afterTwoBytes(next, GROUP_BYTES[group - FIRST_GROUP]!);
  }
  return next;
}

/** Puts the groups of an integer of up to nine digits. */
function putFirstGroups(value: number, count: number, list: Int32Array, start: number): number {
  let at = start;
  let rest = value;
  if (count > 6) {
    const millions = (rest / 1_000_000) | 0;
    list[at++] = firstGroup(millions, count - 6);
    rest -= millions * 1_000_000;
  }
  if (count > 3) {
    const thousands = (rest / 1000) | 0;
    list[at++] = count > 6 ? THREE_DIGITS + thousands : firstGroup(thousands, count - 3);
    rest -= thousands * 1000;
  }
  list[at++] = count > 3 ? THREE_DIGITS + rest : firstGroup(rest, count);
  return at;
}

function firstGroup(value: number, count: number): number {
  return (count === 1 ? ZERO : count === 2 ? TWO_DIGITS : THREE_DIGITS) + value;
}

function smallDigitCount(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  return value < 100_000_000 ? (value < 10_000_000 ? 7 : 8) : 9;
}
