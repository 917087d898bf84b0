/** The lower half of a number counts to this. */
const BASE = 2 ** 53;
const BASE_BITS = 53;

/**
 * Sums of integers from 0, exact however large they grow, at the speed of floating point: each is kept
 * as two integers that a double holds, `high × 2^53 + low`.
 */
export class ExactSums {
  #low: Float64Array = new Float64Array(64);
  #high: Float64Array = new Float64Array(64);

  /** Adds to the sum at an index. `low` is below 2^53. */
  add(index: number, low: number, high: number): void {
    if (index >= this.#low.length) this.#grow(index);
    const before = this.#low[index]!;
    const sum = before + low;
    // In this order nothing is ever rounded.
    this.#low[index] = sum < BASE ? sum : before - BASE + low;
    this.#high[index]! += sum < BASE ? high : high + 1;
  }

  get(index: number): bigint {
    return joinHalves(this.#low[index] ?? 0, this.#high[index] ?? 0);
  }

  #grow(index: number): void {
    this.#low = enlarged(this.#low, 2 * index);
    this.#high = enlarged(this.#high, 2 * index);
  }
}

/** The lower half of an integer from 0. */
export function lowHalf(value: bigint): number {
  return Number(BigInt.asUintN(BASE_BITS, value));
}

/** The upper half of an integer from 0. */
export function highHalf(value: bigint): number {
  return Number(value >> BigInt(BASE_BITS));
}

export function joinHalves(low: number, high: number): bigint {
  return (BigInt(high) << BigInt(BASE_BITS)) + BigInt(low);
}

function enlarged(numbers: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(numbers);
  return larger;
}
