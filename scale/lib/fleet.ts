/** Whose usage is metered, and by how many processes. Each writes one set a minute. */
export interface Fleet {
  readonly clusters: number;
  /** Kinds of service. Each writes a record for every cluster and minute. */
  readonly categories: number;
  /** How many clusters an instance of a service serves. */
  readonly clustersPerInstance: number;
  /** A service runs on no fewer instances than this. */
  readonly leastInstances: number;
  /** The part of all writes and reads that are sent twice. */
  readonly retried: number;
  /** How often each page is read: for the invoice, for a check of it. */
  readonly readings: number;
  /** After so many months a page is deleted. */
  readonly keptMonths: number;
}

export const FLEETS: readonly Fleet[] = [100, 10_000, 1_000_000].map((clusters) =>
  fleetOf(clusters),
);

/** What is assumed of a fleet; put your own in. */
export function fleetOf(clusters: number, assumed: Partial<Fleet> = {}): Fleet {
  return {
    clusters,
    categories: 3,
    clustersPerInstance: 1000,
    leastInstances: 2,
    retried: 0.01,
    readings: 2,
    keptMonths: 12,
    ...assumed,
  };
}
