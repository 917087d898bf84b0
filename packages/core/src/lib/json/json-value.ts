/**
 * Anything that JSON can say. An integer written without fraction or exponent is exact: a `number`
 * while it is safe, a `bigint` beyond ±(2^53 - 1). Every other number is a `number`.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * One record of a metering page: free-form. By convention `logical_cluster_id` names the cluster and
 * every metric is `{ value, unit }`, `value` an integer from 0 to 2^64 - 1. Declare your own kind of record as a
 * `type`: an `interface` has no index signature, and TypeScript does not take it for one of these.
 */
export type MeteringRecord = { readonly [key: string]: JsonValue };
