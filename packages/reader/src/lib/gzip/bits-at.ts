/**
 * At least 25 bits from a bit of the input on, the first one lowest, as RFC 1951, section 3.1.1, has them.
 *
 * @throws RangeError at the end of the input.
 */
export function bitsAt(input: DataView, position: number): number {
  return input.getInt32(position >>> 3, true) >>> (position & 7);
}
