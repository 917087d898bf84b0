/** How often one symbol or a tree of them comes, while a code is built. */
interface Node {
  readonly weight: number;
  /** −1 for a tree. */
  readonly symbol: number;
  readonly children: readonly Node[];
}

/**
 * The lengths in bits of the codes of an optimal prefix code (Huffman's); 0 for a symbol that does not
 * come. There are always two codes at least, because a code of one has no place in deflate.
 *
 * @param limit no code is longer; 2 to its power must be no less than the number of symbols.
 */
export function huffmanCodeLengths(frequencies: ArrayLike<number>, limit: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  let leaves = leavesOf(frequencies);
  for (;;) {
    const depth = assignDepths(buildTree(leaves), lengths);
    if (depth <= limit) return lengths;
    // Flatter frequencies make a flatter tree: at last all are 1.
    leaves = leaves.map((leaf) => ({ ...leaf, weight: (leaf.weight + 1) >>> 1 }));
  }
}

/**
 * The codes that RFC 1951, section 3.2.2, gives to symbols with code lengths; with their bits in the
 * order in which deflate packs them, the first one lowest.
 */
export function huffmanCodes(lengths: Uint8Array): Uint16Array {
  const counts = new Uint16Array(17);
  for (const length of lengths) if (length > 0) counts[length]! += 1;
  const next = new Uint16Array(17);
  for (let length = 1; length < 16; length++) {
    next[length + 1] = (next[length]! + counts[length]!) << 1;
  }
  const codes = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length > 0) codes[symbol] = reverseBits(next[length]!++, length);
  }
  return codes;
}

function leavesOf(frequencies: ArrayLike<number>): Node[] {
  const leaves: Node[] = [];
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    const weight = frequencies[symbol]!;
    if (weight > 0) leaves.push({ weight, symbol, children: [] });
  }
  for (let symbol = 0; leaves.length < 2; symbol++) {
    if (frequencies[symbol] === 0) leaves.push({ weight: 1, symbol, children: [] });
  }
  return leaves.sort((a, b) => a.weight - b.weight);
}

/** Joins the two lightest trees again and again. @param leaves the lightest first. */
function buildTree(leaves: readonly Node[]): Node {
  // Trees are made in the order of their weight, so the lightest one is at the front of either list.
  const trees: Node[] = [];
  let leafAt = 0;
  let treeAt = 0;
  const takeLightest = (): Node => {
    const leaf = leaves[leafAt];
    const tree = trees[treeAt];
    if (leaf !== undefined && (tree === undefined || leaf.weight <= tree.weight)) {
      leafAt += 1;
      return leaf;
    }
    treeAt += 1;
    return tree!;
  };
  for (let count = leaves.length; count > 1; count--) {
    const children = [takeLightest(), takeLightest()];
    trees.push({ weight: children[0]!.weight + children[1]!.weight, symbol: -1, children });
  }
  return trees.at(-1)!;
}

/** Sets the length of each symbol's code, and gives that of the longest. */
function assignDepths(node: Node, lengths: Uint8Array, depth = 0): number {
  if (node.symbol >= 0) {
    lengths[node.symbol] = depth;
    return depth;
  }
  let deepest = depth;
  for (const child of node.children) {
    deepest = Math.max(deepest, assignDepths(child, lengths, depth + 1));
  }
  return deepest;
}

function reverseBits(code: number, length: number): number {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((code >>> bit) & 1) << (length - 1 - bit);
  return reversed;
}
