import { afterByte, afterThreeBytes } from './checksum.ts';

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

/** An integer below 2^53 has no more digits, and no more groups; in a list there is room for eight. */
export const MOST_DIGITS = 16;
const MOST_GROUPS = 6;
export const GROUPS_SHIFT = 3;

/** The digits of each group, from the first on. */
export const GROUP_DIGITS: readonly (readonly number[])[] = Array.from(
  { length: GROUPS_END - FIRST_GROUP },
  (_, index) => (index < 1000 ? threeDigits(index) : threeDigits(index - 1000).slice(1)),
);

/** By number below 1,000, as it stands at the front of an integer: its group, and how many digits that has. */
const FRONT_GROUPS = Uint16Array.from({ length: 1000 }, (_, front) => {
  return (front < 10 ? ZERO : front < 100 ? TWO_DIGITS : THREE_DIGITS) + front;
});
const FRONT_DIGITS = Uint8Array.from({ length: 1000 }, (_, front) => {
  return front < 10 ? 1 : front < 100 ? 2 : 3;
});

/**
 * By how many groups stand behind one, and its number: what it makes of the checksum, which is the XOR of
 * what all groups make of it. One look-up each; made when they are first needed.
 */
const FRONT_REGISTERS = new Int32Array(MOST_GROUPS * 1000);
const THREE_REGISTERS = new Int32Array((MOST_GROUPS - 1) * 1000);

/** Makes `putInteger` ready. */
export function prepareGroups(): void {
  if (FRONT_REGISTERS[0] !== 0) return;
  for (let number = 0; number < 1000; number++) {
    const digits = threeDigits(number);
    fillRegisters(FRONT_REGISTERS, number, digits.slice(-FRONT_DIGITS[number]!));
    fillRegisters(THREE_REGISTERS, number, digits);
  }
}

function threeDigits(number: number): number[] {
  const tens = Math.floor(number / 10);
  return [ZERO + Math.floor(tens / 10), ZERO + (tens % 10), ZERO + (number % 10)];
}

function fillRegisters(registers: Int32Array, number: number, digits: readonly number[]): void {
  let register = digits.reduce(afterByte, 0);
  for (let at = number; at < registers.length; at += 1000) {
    registers[at] = register;
    register = afterThreeBytes(register, 0);
  }
}

/** How many groups so many digits make. */
export function groupCount(digits: number): number {
  return ((digits + 2) / 3) | 0;
}

/**
 * Puts an integer from 0 to 2^53 − 1 into two lists: its groups into one, what its digits make of a
 * register of 0 into the other.
 *
 * @returns how many digits it has.
 */
export function putInteger(
  value: number,
  groups: Uint16Array,
  start: number,
  registers: Int32Array,
  slot: number,
): number {
  if (value < BILLION) return putSmall(value | 0, groups, start, registers, slot, 0);
  // Below 2^53 no quotient by a billion is rounded up to the next integer: a test asks all of them.
  const high = Math.floor(value / BILLION);
  const low = (value - high * BILLION) | 0;
  const digits = putSmall(high | 0, groups, start, registers, slot, 3);
  const at = start + groupCount(digits);
  const thousands = (low / 1000) | 0;
  const first = (thousands / 1000) | 0;
  const second = thousands - first * 1000;
  const third = low - thousands * 1000;
  groups[at] = THREE_DIGITS + first;
  groups[at + 1] = THREE_DIGITS + second;
  groups[at + 2] = THREE_DIGITS + third;
  registers[slot]! ^=
    THREE_REGISTERS[2000 + first]! ^ THREE_REGISTERS[1000 + second]! ^ THREE_REGISTERS[third]!;
  return digits + 9;
}

/** Puts an integer of up to nine digits, with so many groups behind it. */
function putSmall(
  value: number,
  groups: Uint16Array,
  start: number,
  registers: Int32Array,
  slot: number,
  behind: number,
): number {
  const at = behind * 1000;
  if (value < 1000) {
    groups[start] = FRONT_GROUPS[value]!;
    registers[slot] = FRONT_REGISTERS[at + value]!;
    return FRONT_DIGITS[value]!;
  }
  const thousands = (value / 1000) | 0;
  const last = value - thousands * 1000;
  if (thousands < 1000) {
    groups[start] = FRONT_GROUPS[thousands]!;
    groups[start + 1] = THREE_DIGITS + last;
    registers[slot] = FRONT_REGISTERS[at + 1000 + thousands]! ^ THREE_REGISTERS[at + last]!;
    return 3 + FRONT_DIGITS[thousands]!;
  }
  const first = (thousands / 1000) | 0;
  const middle = thousands - first * 1000;
  groups[start] = FRONT_GROUPS[first]!;
  groups[start + 1] = THREE_DIGITS + middle;
  groups[start + 2] = THREE_DIGITS + last;
  registers[slot] =
    FRONT_REGISTERS[at + 2000 + first]! ^
    THREE_REGISTERS[at + 1000 + middle]! ^
    THREE_REGISTERS[at + last]!;
  return 6 + FRONT_DIGITS[first]!;
}
