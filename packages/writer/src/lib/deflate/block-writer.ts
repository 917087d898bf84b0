import { type BitWriter, MAX_BITS_AT_ONCE } from './bit-writer.ts';
import { MAX_HEADER_BITS, writeBlockHeader } from './block-header.ts';
import { END_OF_BLOCK } from './deflate-alphabet.ts';
import { FIRST_GROUP, GROUP_DIGITS, GROUPS_END } from './digit-groups.ts';
import { type TokenBuffer, tokenCounts } from './token-buffer.ts';
import { TokenCodes } from './token-codes.ts';

/** Three bits, up to a whole byte, and the length of nothing. */
const MAX_BOUNDARY_BITS = 3 + 7 + 32;
const DIGITS_IN_GROUP = 3;

/** Blocks are written one after the other, whole, so all writers can share them. */
const codes = new TokenCodes();

/** Empties a buffer into one block with Huffman codes of its own (RFC 1951, section 3.2.7), not the last one. */
export function writeBlock(bits: BitWriter, buffer: TokenBuffer): void {
  const taken = buffer.take();
  const areGroupsShort = codes.make(tokenCounts(taken));
  const tokens = areGroupsShort ? taken : withSingleDigits(taken);
  bits.reserve(MAX_HEADER_BITS + (tokens.length + 1) * MAX_BITS_AT_ONCE);
  writeBlockHeader(bits, codes, 'more follow');
  bits.writeTokens(tokens, tokens.length, codes.codes);
  bits.writeCode(codes.literals.codes[END_OF_BLOCK]!);
}

/** Ends a run of blocks at a whole byte, by an empty block that is not compressed. */
export function writeByteBoundary(bits: BitWriter): void {
  bits.reserve(MAX_BOUNDARY_BITS);
  bits.write(0, 3);
  bits.align();
  bits.write(0, 16);
  bits.write(0xffff, 16);
}

/** The same tokens with the digits of each group one by one: where digits are so rare that their codes are long. */
function withSingleDigits(tokens: Int32Array): Int32Array {
  const single = new Int32Array(tokens.length * DIGITS_IN_GROUP);
  let length = 0;
  for (const token of tokens) {
    const isGroup = token >= FIRST_GROUP && token < GROUPS_END;
    if (!isGroup) single[length++] = token;
    else for (const digit of GROUP_DIGITS[token - FIRST_GROUP]!) single[length++] = digit;
  }
  return single.subarray(0, length);
}
