const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Random numbers that are the same in every run: sfc32. */
export class SeededRandom {
  #a: number;
  #b = 0x9e3779b9;
  #c = 0x243f6a88;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    for (let round = 0; round < 12; round++) this.uint32();
  }

  uint32(): number {
    const next = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + next) | 0;
    return next >>> 0;
  }

  /** From 0 up to, but not, 1; of 53 bits. */
  fraction(): number {
    return ((this.uint32() >>> 5) * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** An integer of at most so many bits, up to 53. */
  bits(count: number): number {
    return Math.floor(this.fraction() * 2 ** count);
  }

  /** A bigint from 2^53 to 2^64 - 1. */
  bigint(): bigint {
    const any = (BigInt(this.uint32()) << 32n) | BigInt(this.uint32());
    return 2n ** 53n + (any % (2n ** 64n - 2n ** 53n));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)] as T;
  }

  /** So many of the items, in random order. */
  sample<T>(items: readonly T[], count: number): T[] {
    const rest = [...items];
    for (let index = 0; index < count; index++) {
      const other = this.between(index, rest.length - 1);
      [rest[index], rest[other]] = [rest[other] as T, rest[index] as T];
    }
    return rest.slice(0, count);
  }

  alphanumeric(length: number): string {
    let text = '';
    for (let index = 0; index < length; index++) text += ALPHANUMERIC[this.between(0, 61)];
    return text;
  }
}
