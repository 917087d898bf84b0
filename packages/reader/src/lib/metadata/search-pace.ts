/**
 * How many windows ahead the first guess at an unknown end goes: of 10,000 evenly spaced versions the
 * first window and the one that begins there show the end.
 */
const REACH = 8.5;

/** The times between which the answer lies: after `base`, before `high`. */
export interface SearchRange {
  readonly base: number;
  readonly high: number;
  /** The time that is asked for, or the last one that there can be. */
  readonly limit: number;
}

/**
 * Decides where a search among times looks next. What it met so far is the measure of its steps, so
 * what it costs depends on how many windows lie between, not on how much time.
 */
export class SearchPace {
  /** How much time the last window went through, and how much of it versions were spread over. */
  #span = 1;
  #denseSpan = 1;
  /** How many windows began after all that counts. */
  #overshoots: number;
  #gallops = 0;
  #advanced = true;
  #stepped = false;

  /** @param isEndKnown False when the limit is no time that was asked for. */
  constructor(isEndKnown: boolean) {
    // Nothing is to be expected near such a limit: count it as looked at.
    this.#overshoots = isEndKnown ? 0 : 1;
  }

  /** A window showed versions that count, and there may be more. */
  noteAdvance(span: number, denseSpan: number): void {
    this.#span = Math.max(1, span);
    this.#denseSpan = Math.max(1, denseSpan);
    this.#advanced = true;
  }

  /** A window showed that nothing from its beginning on counts. */
  noteOvershoot(): void {
    this.#overshoots += 1;
    this.#advanced = false;
  }

  /** The time to look from next. */
  next(range: SearchRange): number {
    const { base, high } = range;
    const isOneWindow = high - base <= this.#span;
    const guess = isOneWindow ? base + 1 : Math.floor(this.#guess(range));
    return Math.min(Math.max(guess, base + 1), high - 1);
  }

  #guess({ base, high, limit }: SearchRange): number {
    if (this.#overshoots === 0) return limit - this.#span / 2;
    if (this.#overshoots === 1) return Math.min(high - this.#span / 2, base + this.#gallop());
    const middle = (base + high) / 2;
    // Half of what is left may be far more than what versions are spread over here: step in turn.
    this.#stepped = this.#advanced && !this.#stepped;
    return this.#stepped ? Math.min(middle, base + REACH * this.#denseSpan) : middle;
  }

  /** A step that grows, until it passes the end. */
  #gallop(): number {
    const step = REACH * this.#span * 2 ** this.#gallops;
    this.#gallops += 1;
    return step;
  }
}
