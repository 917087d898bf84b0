import { constants, deflateRawSync } from 'node:zlib';

const MIB = 1024 * 1024;
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** A gzip file of so many MiB of zeros that claims another size. Its checksum is wrong. */
export function zerosClaiming(mib: number, claimedBytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(MIB), { finishFlush: constants.Z_FULL_FLUSH });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(claimedBytes, 4);
  const blocks = new Array<Buffer>(mib).fill(block);
  return Buffer.concat([HEADER, ...blocks, deflateRawSync(Buffer.alloc(0)), trailer]);
}
