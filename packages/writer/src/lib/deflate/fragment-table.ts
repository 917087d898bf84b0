import { afterBytes, prepareShifts, unshiftedRegister } from './checksum.ts';
import { MOST_DIGITS } from './digit-groups.ts';
import { RecentMap } from './recent-map.ts';
import { UnsuitedError } from './unsuited-error.ts';

/** Longer text between two values is cut. */
export const MAX_FRAGMENT_BYTES = 200;
/** The tables end there. Data with more fragments has too little in common for them to be of use. */
export const MOST_FRAGMENTS = 8192;
/** So many are kept for `extendAlways`: a fragment has no more pieces than bytes. */
const RESERVE = MAX_FRAGMENT_BYTES;

/**
 * A text that stands between two values, such as `,"unit":"MB"},"storage_gb":{"value":`. It is made of
 * pieces: each one leads from a fragment to a longer one, so that the text need not be put together
 * when it comes again.
 */
export class Fragment {
  /** What the checksums, positions and so on of a fragment are found by. */
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly length: number;
  /** True where a list or an object has just begun: no comma may follow. */
  readonly isOpen: boolean;
  /** What it is longer than, and by which piece; none for what ends a value. */
  readonly parent: Fragment | undefined;
  readonly piece: string;
  /** The fragment of what ends the value before: `,"unit":"MB"}`, `"` or nothing. */
  readonly closer: Fragment;
  /** The longer fragments by what is added: any piece, the name of a member, that of a metric. */
  readonly byPiece = new RecentMap<Fragment>();
  byMember: RecentMap<Fragment> | undefined;
  byMetric: RecentMap<Fragment> | undefined;
  /** The unit of the last metric that this led to, and what it ends with: mostly it is the next one's, too. */
  lastUnit = '';
  lastUnitCloser: Fragment | undefined;

  constructor(id: number, bytes: Uint8Array, piece: string, parent?: Fragment) {
    this.id = id;
    this.bytes = bytes;
    this.length = bytes.length;
    this.piece = piece;
    this.parent = parent;
    this.closer = parent?.closer ?? this;
    this.isOpen = piece === '{' || piece === '[' || piece === LIST_BEGINS;
  }
}

/** Instead of a piece: nothing, where the list of records has just begun. */
const LIST_BEGINS = 'list';

/** All fragments of the records at hand. */
export class FragmentTable {
  readonly #fragments: Fragment[] = [];
  readonly #halves = new Map<string, number>();
  /**
   * By fragment: its length; the register that becomes its checksum's by as many zero bytes, so that one
   * shift does for it and the digits behind it; the numbers of its two halves.
   */
  readonly lengths = new Uint8Array(MOST_FRAGMENTS);
  readonly registers = new Int32Array(MOST_FRAGMENTS);
  readonly closerHalves = new Uint16Array(MOST_FRAGMENTS);
  readonly openerHalves = new Uint16Array(MOST_FRAGMENTS);
  /** By fragment: the length of what ends the value before. The rest leads to the value after it. */
  readonly closerLengths = new Uint8Array(MOST_FRAGMENTS);

  /** What stands before the first record of a page. */
  readonly listBegins = this.#add(new Uint8Array(), LIST_BEGINS);
  /** What ends a number. */
  readonly nothing = this.#add(new Uint8Array(), '');
  /** What ends a text. */
  readonly quote = this.closer('"');

  /** True when only `extendAlways` may make another one. */
  get isFull(): boolean {
    return this.#fragments.length >= MOST_FRAGMENTS - RESERVE;
  }

  get(id: number): Fragment {
    return this.#fragments[id]!;
  }

  /** Makes a fragment that ends a value. @throws UnsuitedError when there are too many. */
  closer(text: string): Fragment {
    if (this.isFull) throw new UnsuitedError();
    return this.#add(Buffer.from(text), text);
  }

  /** True when the fragment and a piece of so many bytes make one. */
  hasRoom(fragment: Fragment, pieceBytes: number): boolean {
    return fragment.length + pieceBytes <= MAX_FRAGMENT_BYTES;
  }

  /** The fragment that is longer by a piece. @throws UnsuitedError when there are too many of them. */
  extend(fragment: Fragment, piece: string): Fragment {
    const known = fragment.byPiece.get(piece);
    if (known === undefined && this.isFull) throw new UnsuitedError();
    return known ?? this.#extend(fragment, piece);
  }

  /** The fragment that is longer by some pieces, also when there are too many: once, that is. */
  extendAlways(fragment: Fragment, pieces: readonly string[]): Fragment {
    return pieces.reduce((at, piece) => at.byPiece.get(piece) ?? this.#extend(at, piece), fragment);
  }

  /** The pieces that lead from one fragment to a longer one. */
  piecesAfter(fragment: Fragment, front: Fragment): string[] {
    const pieces: string[] = [];
    for (let at = fragment; at !== front; at = at.parent!) pieces.unshift(at.piece);
    return pieces;
  }

  #extend(fragment: Fragment, piece: string): Fragment {
    const bytes = Buffer.concat([fragment.bytes, Buffer.from(piece)]);
    const longer = this.#add(bytes, piece, fragment);
    fragment.byPiece.set(piece, longer);
    return longer;
  }

  #add(bytes: Uint8Array, piece: string, parent?: Fragment): Fragment {
    const id = this.#fragments.length;
    if (id >= MOST_FRAGMENTS) throw new RangeError('More fragments than the tables hold');
    const fragment = new Fragment(id, bytes, piece, parent);
    this.#fragments.push(fragment);
    const closer = fragment.closer.bytes;
    prepareShifts(bytes.length + MOST_DIGITS);
    this.lengths[id] = bytes.length;
    const register = afterBytes(0, bytes, 0, bytes.length);
    this.registers[id] = unshiftedRegister(register, bytes.length);
    this.closerLengths[id] = closer.length;
    this.closerHalves[id] = this.#half(closer);
    this.openerHalves[id] = this.#half(bytes.subarray(closer.length));
    return fragment;
  }

  /** The number of a half: equal text has the same. There are fewer than fragments, and one more. */
  #half(bytes: Uint8Array): number {
    const text = Buffer.from(bytes).toString('latin1');
    const known = this.#halves.get(text);
    if (known !== undefined) return known;
    const half = this.#halves.size;
    this.#halves.set(text, half);
    return half;
  }
}
