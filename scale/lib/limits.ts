/** How many writes a second a store takes whose keys all begin with the time. */
export interface WriteLimit {
  readonly store: string;
  readonly of: string;
  readonly writesPerSecond: number;
}

/** What the vendors say; where, is in `docs/scale.md`. */
export const WRITE_LIMITS: readonly WriteLimit[] = [
  { store: 'S3', of: 'a partition of a bucket', writesPerSecond: 3500 },
  { store: 'OSS', of: 'an account, with sequential keys', writesPerSecond: 2000 },
  { store: 'Azure', of: 'a storage account', writesPerSecond: 20_000 },
];

/** What one reading process does, as orders of magnitude: `pnpm speed` measures the first. */
export const ONE_PROCESS = {
  recordsPerSecond: 200_000,
  /** 16 requests at once, 30 ms each. */
  readsPerSecond: 500,
};
