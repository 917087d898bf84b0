/** So many bits, at the least, are at hand at once. */
export const BITS_AT_HAND = 25;

/**
 * The bits from a bit of the input on, the first one lowest, as RFC 1951, section 3.1.1, has them.
 *
 * @throws RangeError beyond the end of the input.
 */
export function bitsAt(input: DataView, position: number): number {
  return input.getInt32(position >>> 3, true) >>> (position & 7);
}
