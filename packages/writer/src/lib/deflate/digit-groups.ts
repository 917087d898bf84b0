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

/** Room for the groups of an integer below 2^53, which are up to six. */
export const GROUPS_SHIFT = 3;

/** The digits of each group, from the first on. */
export const GROUP_DIGITS: readonly (readonly number[])[] = Array.from(
  { length: GROUPS_END - FIRST_GROUP },
  (_, index) => {
    const text = index < 1000 ? String(index).padStart(3, '0') : String(index).slice(2);
    return [...text].map((digit) => digit.charCodeAt(0));
  },
);

/** By group, or by literal digit: the digits as a little-endian number. */
const GROUP_BYTES = Int32Array.from({ length: GROUPS_END }, (_, group) => {
  if (group < FIRST_GROUP) return group;
  const digits = GROUP_DIGITS[group - FIRST_GROUP]!;
  return digits.reduceRight((bytes, digit) => (bytes << 8) | digit, 0);
});

/** By number below 1,000, as it stands at the front of an integer: its group, and how many digits that has. */
const FRONT_GROUPS = Uint16Array.from({ length: 1000 }, (_, front) => {
  return (front < 10 ? ZERO : front < 100 ? TWO_DIGITS : THREE_DIGITS) + front;
});
const FRONT_DIGITS = Uint8Array.from({ length: 1000 }, (_, front) => String(front).length);

/** How many groups so many digits make. */
export function groupCount(digits: number): number {
  return ((digits + 2) / 3) | 0;
}

/**
 * Puts the groups of an integer from 0 to 2^53 − 1 into a list.
 *
 * @returns how many digits it has.
 */
export function putGroups(value: number, list: Uint16Array, start: number): number {
  if (value < BILLION) return putSmallGroups(value | 0, list, start);
  let high = Math.floor(value / BILLION);
  // The quotient may have been rounded up to the next integer.
  if (high * BILLION > value) high -= 1;
  const low = (value - high * BILLION) | 0;
  const digits = putSmallGroups(high | 0, list, start);
  const thousands = (low / 1000) | 0;
  const millions = (thousands / 1000) | 0;
  const at = start + groupCount(digits);
  list[at] = THREE_DIGITS + millions;
  list[at + 1] = THREE_DIGITS + thousands - millions * 1000;
  list[at + 2] = THREE_DIGITS + low - thousands * 1000;
  return digits + 9;
}

/** The register of the checksum after the groups of so many digits. */
export function afterGroups(
  register: number,
  list: Uint16Array,
  start: number,
  digits: number,
): number {
  const front = GROUP_BYTES[list[start]!]!;
  const frontDigits = digits % 3;
  let next: number;
  if (frontDigits === 0) next = afterThreeBytes(register, front);
  else if (frontDigits === 1) next = afterByte(register, front);
  else next = afterTwoBytes(register, front);
  const end = start + groupCount(digits);
  for (let at = start + 1; at < end; at++) next = afterThreeBytes(next, GROUP_BYTES[list[at]!]!);
  return next;
}

/** Puts the groups of an integer of up to nine digits. */
function putSmallGroups(value: number, list: Uint16Array, start: number): number {
  if (value < 1000) {
    list[start] = FRONT_GROUPS[value]!;
    return FRONT_DIGITS[value]!;
  }
  const thousands = (value / 1000) | 0;
  if (thousands < 1000) {
    list[start] = FRONT_GROUPS[thousands]!;
    list[start + 1] = THREE_DIGITS + value - thousands * 1000;
    return 3 + FRONT_DIGITS[thousands]!;
  }
  const millions = (thousands / 1000) | 0;
  list[start] = FRONT_GROUPS[millions]!;
  list[start + 1] = THREE_DIGITS + thousands - millions * 1000;
  list[start + 2] = THREE_DIGITS + value - thousands * 1000;
  return 6 + FRONT_DIGITS[millions]!;
}
