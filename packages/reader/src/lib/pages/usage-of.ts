import type { JsonValue } from '@metering/core';
import { isMetric, isMetricValue } from '@metering/core/building-blocks';

/** The member of a record that names its cluster. */
export const CLUSTER_ID = 'logical_cluster_id';

/** How much of what was used. */
export interface Usage {
  readonly value: number | bigint;
  readonly unit: string;
}

/** The usage that a member of a record states, or undefined if it states none that can be added up. */
export function usageOf(member: JsonValue | undefined): Usage | undefined {
  if (typeof member !== 'object' || member === null || !isMetric(member)) return undefined;
  const { value, unit } = member as { readonly [key: string]: JsonValue };
  return isMetricValue(value) && typeof unit === 'string' ? { value, unit } : undefined;
}
