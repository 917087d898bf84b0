import type { BitWriter } from './bit-writer.ts';
import { huffmanCodeLengths, huffmanCodes } from './huffman-code.ts';

/** The order in which RFC 1951, section 3.2.7, lists the lengths of the codes of code lengths. */
const LISTED_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_LISTED_BITS = 7;
/** The symbols of runs, with the extra bits that tell how long the run is. */
const COPY_BEFORE = { symbol: 16, extraBits: 2, least: 3, most: 6 };
const FEW_ZEROS = { symbol: 17, extraBits: 3, least: 3, most: 10 };
const MANY_ZEROS = { symbol: 18, extraBits: 7, least: 11, most: 138 };

/** More bits than any header takes: 316 lengths of 14 bits at the most, the list and the counts. */
export const MAX_HEADER_BITS = 4600;

/** A symbol of the code of code lengths. */
interface LengthItem {
  readonly symbol: number;
  readonly extra: number;
  readonly extraBits: number;
}

/** Begins a block with dynamic Huffman codes, that is not the last one, by the lengths of its codes. */
export function writeBlockHeader(
  bits: BitWriter,
  literalLengths: Uint8Array,
  distanceLengths: Uint8Array,
): void {
  const literals = trimmed(literalLengths, 257);
  const distances = trimmed(distanceLengths, 1);
  const items = lengthItems([...literals, ...distances]);
  const frequencies = new Uint32Array(LISTED_ORDER.length);
  for (const { symbol } of items) frequencies[symbol]! += 1;
  const lengths = huffmanCodeLengths(frequencies, MAX_LISTED_BITS);
  const codes = huffmanCodes(lengths);
  const listed = trimmed(
    Uint8Array.from(LISTED_ORDER, (symbol) => lengths[symbol]!),
    4,
  );
  bits.write(0b100, 3);
  bits.write(literals.length - 257, 5);
  bits.write(distances.length - 1, 5);
  bits.write(listed.length - 4, 4);
  for (const length of listed) bits.write(length, 3);
  for (const { symbol, extra, extraBits } of items) {
    bits.write(codes[symbol]!, lengths[symbol]!);
    bits.write(extra, extraBits);
  }
}

/** Without the zeros at the end, but no shorter than `least`. */
function trimmed(lengths: Uint8Array, least: number): Uint8Array {
  let end = lengths.length;
  while (end > least && lengths[end - 1] === 0) end -= 1;
  return lengths.subarray(0, end);
}

/** Code lengths with runs made short. */
function lengthItems(lengths: readonly number[]): LengthItem[] {
  const items: LengthItem[] = [];
  let at = 0;
  while (at < lengths.length) {
    const length = lengths[at]!;
    const run = runAt(lengths, at);
    const kind = runKind(length, length === lengths[at - 1], run);
    if (kind === undefined) {
      items.push({ symbol: length, extra: 0, extraBits: 0 });
      at += 1;
    } else {
      const count = Math.min(run, kind.most);
      items.push({ symbol: kind.symbol, extra: count - kind.least, extraBits: kind.extraBits });
      at += count;
    }
  }
  return items;
}

/** How many equal lengths there are from one on. */
function runAt(lengths: readonly number[], start: number): number {
  let end = start + 1;
  while (end < lengths.length && lengths[end] === lengths[start]) end += 1;
  return end - start;
}

function runKind(length: number, isAsBefore: boolean, run: number): typeof COPY_BEFORE | undefined {
  if (length === 0) {
    if (run >= MANY_ZEROS.least) return MANY_ZEROS;
    return run >= FEW_ZEROS.least ? FEW_ZEROS : undefined;
  }
  return isAsBefore && run >= COPY_BEFORE.least ? COPY_BEFORE : undefined;
}
