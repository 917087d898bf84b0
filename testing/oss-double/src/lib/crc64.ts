/** CRC-64/XZ, reflected, in two halves of 32 bits: what `x-oss-hash-crc64ecma` holds. */
const POLYNOMIAL = { high: 0xc96c5795, low: 0xd7870f42 };

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd === 0) continue;
    high ^= POLYNOMIAL.high;
    low ^= POLYNOMIAL.low;
  }
  return { high: high >>> 0, low: low >>> 0 };
});

/** The checksum of bytes as a decimal. */
export function crc64(bytes: Uint8Array): string {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of bytes) {
    const entry = TABLE[(low ^ byte) & 0xff]!;
    low = ((low >>> 8) | (high << 24)) ^ entry.low;
    high = (high >>> 8) ^ entry.high;
  }
  return String((BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0));
}
