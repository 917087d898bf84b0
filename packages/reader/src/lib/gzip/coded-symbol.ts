/** A symbol and the length of its code in bits, as one number. Those of a code are in the order of their symbols. */
export function codedSymbol(symbol: number, codeBits: number): number {
  return (symbol << 4) | codeBits;
}

export function symbolOf(coded: number): number {
  return coded >>> 4;
}

export function codeBitsOf(coded: number): number {
  return coded & 15;
}
