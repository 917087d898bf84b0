import { SECONDS_PER_MINUTE } from '../timestamp-spans.ts';

/** Minutes that follow each other: Unix seconds of the first, and of the first that is not of them any more. */
export type MinuteRange = readonly [from: number, to: number];

/** A set of minutes, as few ranges in order. */
export class MinuteRanges {
  #ranges: MinuteRange[];

  constructor(ranges: readonly MinuteRange[] = []) {
    this.#ranges = [...ranges];
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  has(minute: number): boolean {
    const index = this.#lastIndexFrom(minute);
    return index >= 0 && minute < this.#ranges[index]![1];
  }

  add(minute: number): void {
    if (this.has(minute)) return;
    const index = this.#lastIndexFrom(minute);
    const next = minute + SECONDS_PER_MINUTE;
    const before = this.#ranges[index];
    const after = this.#ranges[index + 1];
    const joinsBefore = before?.[1] === minute;
    const joinsAfter = after?.[0] === next;
    const joined: MinuteRange = [joinsBefore ? before[0] : minute, joinsAfter ? after[1] : next];
    const start = joinsBefore ? index : index + 1;
    this.#ranges.splice(start, Number(joinsBefore) + Number(joinsAfter), joined);
  }

  dropBefore(minute: number): void {
    const kept = this.#ranges.filter(([, to]) => to > minute);
    this.#ranges = kept.map(([from, to]) => [Math.max(from, minute), to]);
  }

  toArray(): MinuteRange[] {
    return [...this.#ranges];
  }

  /** The last range that does not begin after a minute, mostly one of the last; -1 for none. */
  #lastIndexFrom(minute: number): number {
    return this.#ranges.findLastIndex(([from]) => from <= minute);
  }
}
