import type { BitWriter } from './bit-writer.ts';
import { MAX_HEADER_BITS, writeBlockHeader } from './block-header.ts';
import {
  DISTANCE_BASE,
  DISTANCE_EXTRA_COUNT,
  DISTANCE_SYMBOL,
  DISTANCE_SYMBOLS,
  END_OF_BLOCK,
  LENGTH_EXTRA,
  LENGTH_EXTRA_COUNT,
  LENGTH_SYMBOL,
  LITERAL_LENGTH_SYMBOLS,
  MAX_CODE_BITS,
} from './deflate-alphabet.ts';
import { FIRST_GROUP, GROUP_DIGITS, GROUPS_END } from './digit-groups.ts';
import { huffmanCodeLengths, huffmanCodes } from './huffman-code.ts';
import { isMatch, matchDistanceIndex, matchLengthIndex } from './token-buffer.ts';

/** A length, a distance, and the extra bits of both. No literals take more. */
const MAX_TOKEN_BITS = 2 * MAX_CODE_BITS + 5 + 13;
/** A group's code goes through `BitWriter.write` at once. */
const MAX_GROUP_BITS = 32;

/** Codes that are to be written, a piece of a block at a time. */
const PIECE_ENTRIES = 4096;
const pieceBits = new Int32Array(PIECE_ENTRIES);
const pieceCounts = new Uint8Array(PIECE_ENTRIES);
/** How many codes a token takes at the most. */
const MOST_CODES = 3;

/** How often each token comes in the block at hand; groups and lengths before they are symbols. */
const tokenCounts = new Uint32Array(GROUPS_END);
const lengthCounts = new Uint32Array(LENGTH_SYMBOL.length);
const distanceCounts = new Uint32Array(DISTANCE_SYMBOLS);

/** The code of each token in the block at hand, and its length. 0: digits too rare for one of a group. */
const tokenCodes = new Int32Array(GROUPS_END);
const tokenBits = new Uint8Array(GROUPS_END);
/** By length − 3, with the extra bits. */
const lengthCodes = new Int32Array(LENGTH_SYMBOL.length);
const lengthBits = new Uint8Array(LENGTH_SYMBOL.length);

/** Writes tokens as one block with Huffman codes of its own (RFC 1951, section 3.2.7), not the last one. */
export function writeBlock(bits: BitWriter, tokens: Int32Array): void {
  countTokens(tokens);
  const literalLengths = huffmanCodeLengths(literalLengthFrequencies(), MAX_CODE_BITS);
  const distanceLengths = huffmanCodeLengths(distanceCounts, MAX_CODE_BITS);
  bits.reserve(MAX_HEADER_BITS + (tokens.length + 1) * MAX_TOKEN_BITS);
  writeBlockHeader(bits, literalLengths, distanceLengths);
  const codes = huffmanCodes(literalLengths);
  setTokenCodes(codes, literalLengths);
  writeTokens(bits, tokens, huffmanCodes(distanceLengths), distanceLengths);
  bits.write(codes[END_OF_BLOCK]!, literalLengths[END_OF_BLOCK]!);
}

/** Ends a run of blocks at a whole byte, by an empty block that is not compressed. */
export function writeByteBoundary(bits: BitWriter): void {
  bits.reserve(64);
  bits.write(0, 3);
  bits.align();
  bits.write(0xffff_0000 | 0, 32);
}

function countTokens(tokens: Int32Array): void {
  tokenCounts.fill(0);
  lengthCounts.fill(0);
  distanceCounts.fill(0);
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (isMatch(token)) {
      lengthCounts[matchLengthIndex(token)]! += 1;
      distanceCounts[DISTANCE_SYMBOL[matchDistanceIndex(token)]!]! += 1;
    } else {
      tokenCounts[token]! += 1;
    }
  }
}

function literalLengthFrequencies(): Uint32Array {
  const frequencies = new Uint32Array(LITERAL_LENGTH_SYMBOLS);
  frequencies.set(tokenCounts.subarray(0, FIRST_GROUP));
  for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
    const count = tokenCounts[group]!;
    if (count > 0)
      for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) frequencies[digit]! += count;
  }
  frequencies[END_OF_BLOCK] = 1;
  for (let index = 0; index < lengthCounts.length; index++) {
    frequencies[LENGTH_SYMBOL[index]!]! += lengthCounts[index]!;
  }
  return frequencies;
}

function setTokenCodes(codes: Uint16Array, lengths: Uint8Array): void {
  for (let byte = 0; byte < FIRST_GROUP; byte++) {
    tokenCodes[byte] = codes[byte]!;
    tokenBits[byte] = lengths[byte]!;
  }
  for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
    if (tokenCounts[group]! > 0) setGroupCode(group);
  }
  for (let index = 0; index < LENGTH_SYMBOL.length; index++) {
    const symbol = LENGTH_SYMBOL[index]!;
    lengthCodes[index] = codes[symbol]! | (LENGTH_EXTRA[index]! << lengths[symbol]!);
    lengthBits[index] = lengths[symbol]! + LENGTH_EXTRA_COUNT[index]!;
  }
}

function setGroupCode(group: number): void {
  let code = 0;
  let count = 0;
  for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) {
    code |= tokenCodes[digit]! << count;
    count += tokenBits[digit]!;
  }
  tokenCodes[group] = code;
  tokenBits[group] = count > MAX_GROUP_BITS ? 0 : count;
}

/** Gives each token its code, a match two, and writes them piece by piece. */
function writeTokens(
  bits: BitWriter,
  tokens: Int32Array,
  distanceCodes: Uint16Array,
  distanceLengths: Uint8Array,
): void {
  let entries = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (isMatch(token)) {
      const length = matchLengthIndex(token);
      const distance = matchDistanceIndex(token);
      const symbol = DISTANCE_SYMBOL[distance]!;
      const codeBits = distanceLengths[symbol]!;
      const extra = distance + 1 - DISTANCE_BASE[symbol]!;
      pieceBits[entries] = lengthCodes[length]!;
      pieceCounts[entries++] = lengthBits[length]!;
      pieceBits[entries] = distanceCodes[symbol]! | (extra << codeBits);
      pieceCounts[entries++] = codeBits + DISTANCE_EXTRA_COUNT[symbol]!;
    } else if (tokenBits[token]! > 0) {
      pieceBits[entries] = tokenCodes[token]!;
      pieceCounts[entries++] = tokenBits[token]!;
    } else {
      for (const digit of GROUP_DIGITS[token - FIRST_GROUP]!) {
        pieceBits[entries] = tokenCodes[digit]!;
        pieceCounts[entries++] = tokenBits[digit]!;
      }
    }
    if (entries > PIECE_ENTRIES - MOST_CODES) {
      bits.writeAll(pieceBits, pieceCounts, entries);
      entries = 0;
    }
  }
  bits.writeAll(pieceBits, pieceCounts, entries);
}
