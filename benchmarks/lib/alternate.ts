import { performance } from 'node:perf_hooks';
import { median } from './statistics.ts';
import type { Contest } from './task.ts';

/** Long enough for the clock, short enough that what disturbs the machine disturbs both. */
const CALLS_PER_TURN = 10;

/** Microseconds a call, of two that take turns in one process, first to warm up: the median turn of each. */
export async function alternate(
  milliseconds: number,
  ours: () => unknown,
  plain: () => unknown,
): Promise<Contest> {
  await takeTurns(milliseconds, ours, plain);
  const turns = await takeTurns(milliseconds, ours, plain);
  return {
    ours: median(turns.map((turn) => turn.ours)),
    plain: median(turns.map((turn) => turn.plain)),
  };
}

async function takeTurns(
  milliseconds: number,
  ours: () => unknown,
  plain: () => unknown,
): Promise<Contest[]> {
  const turns: Contest[] = [];
  const start = performance.now();
  do {
    turns.push({ ours: await timeTurn(ours), plain: await timeTurn(plain) });
  } while (performance.now() - start < milliseconds);
  return turns;
}

async function timeTurn(call: () => unknown): Promise<number> {
  const start = performance.now();
  for (let count = 0; count < CALLS_PER_TURN; count++) await call();
  return ((performance.now() - start) * 1000) / CALLS_PER_TURN;
}
