/**
 * The CRC-32 of RFC 1952, section 8, of text that need not be there as bytes. The state of the
 * checksum is a 32-bit register that begins with all bits set, and whose bits are inverted at the end.
 * All of it is linear: a register after some bytes is the register before them, shifted by so many
 * zero bytes, XOR what the bytes alone make of a register of 0.
 */
const POLYNOMIAL = 0xedb88320;
/** The register of no bytes. */
export const EMPTY_REGISTER = -1;
/** The longest text that a register can be shifted by with eight look-ups. */
export const MAX_SHIFT_BYTES = 255;

/** For each byte, a register of it and no, one or two zero bytes. */
const BYTES = Int32Array.from({ length: 256 }, (_, byte) => shiftByByte(byte));
const BYTES_THEN_1 = BYTES.map((register) => afterByte(register, 0));
const BYTES_THEN_2 = BYTES_THEN_1.map((register) => afterByte(register, 0));
/** By the highest byte of one of `BYTES`, whose it is: no two have the same. */
const BYTE_OF = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) BYTE_OF[BYTES[byte]! >>> 24] = byte;

/** For each length a register of each four bits, shifted; made up to the longest that was asked for. */
const SHIFT_ENTRIES = 8 * 16;
const SHIFTS = new Int32Array((MAX_SHIFT_BYTES + 1) * SHIFT_ENTRIES);
for (let entry = 0; entry < SHIFT_ENTRIES; entry++) {
  SHIFTS[entry] = (entry & 15) << (4 * (entry >>> 4));
}
let longestShift = 0;

/** The register after three bytes more, given as a little-endian number. */
export function afterThreeBytes(register: number, bytes: number): number {
  const mixed = register ^ bytes;
  return (
    (register >>> 24) ^
    BYTES_THEN_2[mixed & 255]! ^
    BYTES_THEN_1[(mixed >>> 8) & 255]! ^
    BYTES[(mixed >>> 16) & 255]!
  );
}

/** The register after one byte more. */
export function afterByte(register: number, byte: number): number {
  return (register >>> 8) ^ BYTES[(register ^ byte) & 255]!;
}

/** The register after the bytes from `start` to `end`. */
export function afterBytes(
  register: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  let next = register;
  for (let at = start; at < end; at++) next = afterByte(next, bytes[at]!);
  return next;
}

/** Makes `shiftRegister` ready for texts of up to so many bytes. */
export function prepareShifts(byteCount: number): void {
  if (byteCount > MAX_SHIFT_BYTES) throw new RangeError(`no shift by ${byteCount} bytes`);
  for (; longestShift < byteCount; longestShift++) {
    const base = longestShift * SHIFT_ENTRIES;
    for (let entry = base; entry < base + SHIFT_ENTRIES; entry++) {
      SHIFTS[entry + SHIFT_ENTRIES] = afterByte(SHIFTS[entry]!, 0);
    }
  }
}

/** The register after so many zero bytes. @param byteCount one that was prepared. */
export function shiftRegister(register: number, byteCount: number): number {
  const base = byteCount * SHIFT_ENTRIES;
  return (
    SHIFTS[base + (register & 15)]! ^
    SHIFTS[base + 16 + ((register >>> 4) & 15)]! ^
    SHIFTS[base + 32 + ((register >>> 8) & 15)]! ^
    SHIFTS[base + 48 + ((register >>> 12) & 15)]! ^
    SHIFTS[base + 64 + ((register >>> 16) & 15)]! ^
    SHIFTS[base + 80 + ((register >>> 20) & 15)]! ^
    SHIFTS[base + 96 + ((register >>> 24) & 15)]! ^
    SHIFTS[base + 112 + (register >>> 28)]!
  );
}

/** The register that becomes this one by so many zero bytes. */
export function unshiftedRegister(register: number, byteCount: number): number {
  let before = register;
  for (let count = 0; count < byteCount; count++) {
    const byte = BYTE_OF[before >>> 24]!;
    before = ((before ^ BYTES[byte]!) << 8) | byte;
  }
  return before;
}

/** The CRC-32 of a text whose two parts have the CRC-32s given, the second of so many bytes. */
export function combineChecksums(first: number, second: number, secondBytes: number): number {
  return (multiply(powerOfX(secondBytes), first) ^ second) >>> 0;
}

function shiftByByte(register: number): number {
  let shifted = register;
  for (let bit = 0; bit < 8; bit++) {
    shifted = (shifted & 1) === 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return shifted;
}

/** x to the power of eight times a number of bytes, as a polynomial modulo that of the CRC. */
function powerOfX(byteCount: number): number {
  // The highest bit stands for 1, the eighth from it for x to the power of 8.
  let result = 1 << 31;
  let square = 1 << 23;
  for (let rest = byteCount; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(square, result);
    square = multiply(square, square);
  }
  return result;
}

/** The product of two polynomials modulo that of the CRC. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = 31; bit >= 0; bit--) {
    if (((a >>> bit) & 1) === 1) product ^= factor;
    factor = (factor & 1) === 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product;
}
