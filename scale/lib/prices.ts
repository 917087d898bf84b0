/** What a store asks for, of its standard class, before any discount. */
export interface Prices {
  readonly store: string;
  /** Where, and of which class, the prices are. */
  readonly of: string;
  readonly currency: string;
  readonly perMillionWrites: number;
  readonly perMillionReads: number;
  /** Of requests that list objects. */
  readonly perMillionLists: number;
  readonly keysPerList: number;
  /** A GB is 2^30 bytes. */
  readonly perGbMonth: number;
}

/**
 * Examples, copied down in November 2026 from pages that repeat the vendors' lists: look yours up, and put
 * them in.
 */
export const PRICES: readonly Prices[] = [
  {
    store: 'S3',
    of: 'Standard, us-east-1',
    currency: 'USD',
    perMillionWrites: 5,
    perMillionReads: 0.4,
    perMillionLists: 5,
    keysPerList: 1000,
    perGbMonth: 0.023,
  },
  {
    store: 'OSS',
    of: 'Standard LRS, mainland China',
    currency: 'CNY',
    perMillionWrites: 1,
    perMillionReads: 1,
    perMillionLists: 1,
    keysPerList: 1000,
    perGbMonth: 0.12,
  },
  {
    store: 'Azure',
    of: 'Hot LRS, East US',
    currency: 'USD',
    perMillionWrites: 5.5,
    perMillionReads: 0.44,
    perMillionLists: 5.5,
    keysPerList: 5000,
    perGbMonth: 0.018,
  },
];
