import type { Goal } from './goals.ts';
import { median } from './statistics.ts';

/** One number of each round, and what is asked of it. */
export interface Figure {
  /** Which one it is, where a row has several. */
  readonly name?: string | undefined;
  readonly rounds: readonly number[];
  readonly goal?: Goal | undefined;
}

/** Whether the median of the rounds is as it should be, to two digits behind the point. */
export function meets(figure: Figure, limit: number): boolean {
  return isWithin(figure, median(figure.rounds), limit);
}

/** Whether even the best of the rounds is beyond where CI fails. */
export function isRegression(figure: Figure): boolean {
  const gate = figure.goal?.gate;
  return gate !== undefined && !figure.rounds.some((round) => isWithin(figure, round, gate));
}

function isWithin({ goal }: Figure, value: number, limit: number): boolean {
  const rounded = Math.round(value * 100) / 100;
  return goal?.bound === 'most' ? rounded <= limit : rounded >= limit;
}
