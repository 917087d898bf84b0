import type { JsonValue } from '@metering/core';
import { jsonEqual } from './json-equal.ts';
import { hasParts, withoutParts } from './page-envelope.ts';

/** True when a stored page says what ours does. One without `parts`, as Go writes them, need not. */
export function pageEqual(stored: JsonValue, ours: JsonValue): boolean {
  return jsonEqual(stored, hasParts(stored) ? ours : withoutParts(ours));
}
