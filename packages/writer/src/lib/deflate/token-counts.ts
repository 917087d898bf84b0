import { DISTANCE_SYMBOLS, LENGTH_SYMBOL } from './deflate-alphabet.ts';
import { GROUPS_END } from './digit-groups.ts';

/** How often each token of a block comes, or a part of it. */
export class TokenCounts {
  /** By literal byte or group of digits. */
  readonly literals = new Uint32Array(GROUPS_END);
  /** By length − 3. */
  readonly lengths = new Uint32Array(LENGTH_SYMBOL.length);
  /** By symbol of a distance. */
  readonly distances = new Uint32Array(DISTANCE_SYMBOLS);

  clear(): void {
    this.literals.fill(0);
    this.lengths.fill(0);
    this.distances.fill(0);
  }
}
