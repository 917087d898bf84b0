/** One member, deflate, no name, no time (so that equal data makes equal bytes), system unknown (RFC 1952, section 2.3). */
export const GZIP_HEADER: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** The CRC-32 of the data, and its length. */
export const TRAILER_BYTES = 8;

/** Ends a member: what its last bytes say of the data. @param length modulo 2^32 is stored. */
export function setTrailer(member: Buffer, checksum: number, length: number): void {
  const at = member.length - TRAILER_BYTES;
  member.writeUInt32LE(checksum, at);
  member.writeUInt32LE(length % 2 ** 32, at + 4);
}
