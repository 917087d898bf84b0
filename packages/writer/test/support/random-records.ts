import type { JsonValue, MeteringRecord } from '@metering/core';

/** Random numbers that are the same in every run: mulberry32. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 up to, but not, 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 up to, but not, `count`. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  list<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }
}

const METRICS = 'compute_seconds memory_mb storage_gb egress requests errors µs'.split(' ');
const MANY_METRICS = Array.from({ length: 900 }, (_, index) => `metric_${index * 7919}_total`);
const UNITS = ['seconds', 'MB', 'bytes', 'count', 'µ"\\', 'u'.repeat(64), 'u'.repeat(65), ''];
const MANY_UNITS = Array.from({ length: 60 }, (_, index) => `unit${index}`);
const ODD_NAMES = [
  ...['', '__proto__', 'constructor', 'value', 'unit', '0', '10', '00', '-0', 'a', 'a"', '\u2028'],
  ...[
    'n'.repeat(64),
    'n'.repeat(65),
    'é'.repeat(64),
    '😀'.repeat(32),
    '\0'.repeat(64),
    'n'.repeat(3000),
  ],
];
const ODD_NUMBERS = [
  ...[0, -0, 1, 9, 10, 99, 100, 999, 1000, 9999, 1e5, 999_999, 1e6, 99_999_999, 999_999_999, 1e9],
  ...[2 ** 31, 2 ** 32 - 1, 2 ** 32, 8_999_999_999_999_999, 9_007_199_000_000_000, 2 ** 53 - 1],
];
const FREE_NUMBERS = [-1, 2 ** 53, 1e20, 1e21, 1.5, -2.25e-7, 5e-324, 1.797_693_134_862_315_7e308];
const BIGINTS = [0n, 5n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];
const FREE_BIGINTS = [2n ** 64n, -1n, -(2n ** 70n), 10n ** 60n];
const TEXTS = [
  'us-east-1',
  'eu-west-1',
  'billing',
  '',
  'a',
  'é',
  '😀',
  '"\\/\b\n\0',
  'x'.repeat(48),
  'x'.repeat(49),
];

/** What the records of a page are like. */
export const RECORD_KINDS = [
  'conventional',
  'recurring',
  'many names',
  'many units',
  'odd',
  'nested',
  'texts',
  'long texts',
  'lists',
  'equal',
  'empty',
  'mixed',
] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** A record that keeps the rules, of one kind. */
export function randomRecord(random: Random, kind: RecordKind): MeteringRecord {
  switch (kind) {
    case 'conventional':
      return withId(
        random,
        metrics(random, METRICS, UNITS, () => integer(random)),
      );
    case 'recurring':
      return withId(
        random,
        metrics(random, METRICS, UNITS, () => random.pick(ODD_NUMBERS)),
        4,
      );
    case 'many names':
      return withId(
        random,
        metrics(random, MANY_METRICS, UNITS, () => random.below(1000)),
      );
    case 'many units':
      return withId(
        random,
        metrics(random, METRICS, MANY_UNITS, () => random.pick(BIGINTS)),
      );
    case 'odd':
      return objectOf(random.list(random.below(7), () => [oddName(random), freeValue(random, 2)]));
    case 'nested':
      return { id: random.below(5), meta: freeValue(random, 5), list: freeList(random, 4) };
    case 'texts':
      return { a: text(random), b: random.pick(TEXTS), c: text(random), d: random.pick(TEXTS) };
    case 'long texts':
      return { note: longText(random, 3000), a: { value: integer(random), unit: 'x' } };
    case 'lists':
      return { list: random.list(random.below(400), () => random.below(12)), a: random.below(3) };
    case 'equal':
      return objectOf(
        METRICS.map((name) => [name, { value: random.chance(0.01) ? 1 : 2 ** 50, unit: 'x' }]),
      );
    case 'empty':
      return random.chance(0.01) ? { a: 1 } : {};
    case 'mixed':
      return randomRecord(random, random.pick(RECORD_KINDS.slice(0, -1)));
  }
}

/** A text of up to so many characters, that repeats itself now and then. */
function longText(random: Random, most: number): string {
  const piece = random.list(1 + random.below(300), () => character(random)).join('');
  const text = piece.repeat(1 + random.below(Math.ceil(most / piece.length)));
  return (text + character(random)).slice(0, 1 + random.below(most)).toWellFormed();
}

function metrics(
  random: Random,
  names: readonly string[],
  units: readonly string[],
  value: () => number | bigint,
): MeteringRecord {
  const unitOf = (name: string) => units[name.length % units.length] as string;
  return objectOf(
    random.list(random.below(9), () => {
      const name = random.pick(names);
      const unit = random.chance(0.9) ? unitOf(name) : random.pick(units);
      const metric = { value: value(), unit };
      return [name, random.chance(0.97) ? metric : { unit, value: metric.value }];
    }),
  );
}

function withId(random: Random, record: MeteringRecord, ids = 1e9): MeteringRecord {
  if (random.chance(0.02)) return record;
  return { logical_cluster_id: `lc-${random.below(ids).toString(16)}`, ...record };
}

function integer(random: Random): number | bigint {
  if (random.chance(0.03)) return random.pick(BIGINTS);
  if (random.chance(0.1)) return random.pick(ODD_NUMBERS);
  return Math.floor(random.fraction() * 2 ** (3 + random.below(51)));
}

function freeValue(random: Random, depth: number): JsonValue {
  const kind = random.below(depth > 0 ? 9 : 6);
  if (kind === 0) return text(random);
  if (kind === 1) return random.pick(TEXTS);
  if (kind === 2) return random.pick([null, true, false]);
  if (kind === 3) return random.pick([...ODD_NUMBERS, ...FREE_NUMBERS, random.fraction()]);
  if (kind === 4) return random.pick([...BIGINTS, ...FREE_BIGINTS]);
  if (kind === 5) return { value: integer(random), unit: freeValue(random, 0) };
  if (kind === 6) return freeList(random, depth - 1);
  return objectOf(
    random.list(random.below(4), () => [oddName(random), freeValue(random, depth - 1)]),
  );
}

function freeList(random: Random, depth: number): JsonValue[] {
  return random.list(random.below(6), () => freeValue(random, depth));
}

function oddName(random: Random): string {
  return random.chance(0.6) ? random.pick(ODD_NAMES) : text(random);
}

function text(random: Random): string {
  return random
    .list(random.below(60), () => character(random))
    .join('')
    .toWellFormed();
}

function character(random: Random): string {
  const kind = random.fraction();
  if (kind < 0.8) return String.fromCharCode(0x61 + random.below(26));
  if (kind < 0.9) return String.fromCharCode(random.below(0x80));
  if (kind < 0.95) return String.fromCharCode(random.below(0x10000));
  return String.fromCodePoint(0x10000 + random.below(0x100000));
}

/** Keeps `__proto__` as a member like any other. `value` beside `unit` stays what it may be. */
function objectOf(members: readonly (readonly [string, JsonValue])[]): MeteringRecord {
  const object: Record<string, JsonValue> = {};
  for (const [key, value] of members) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
  }
  if (!Object.hasOwn(object, 'unit') || !Object.hasOwn(object, 'value')) return object;
  return { ...object, value: 7 };
}
