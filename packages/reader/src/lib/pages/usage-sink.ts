/** Takes what pages add up to. */
export interface UsageSink {
  /** Whether sums are asked for by cluster. */
  readonly byCluster: boolean;
  /**
   * A sum of one unit of one metric in one page, of one cluster if `byCluster`. A page may give several
   * for the same. It gives them when all of it turned out to be right.
   *
   * @param clusterId `logical_cluster_id` of the records. Undefined where that is no text or is
   *   absent, and always unless `byCluster`.
   */
  addUsage(metric: string, unit: string, sum: bigint, clusterId: string | undefined): void;
}
