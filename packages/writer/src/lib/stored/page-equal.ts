import { parseJson } from '@metering/core';
import { hasParts, withoutParts } from '../pages/page-envelope.ts';
import { TimeSlices } from '../time-slices.ts';
import { jsonEqual } from './json-equal.ts';
import { PageScanner } from './page-scanner.ts';
import type { StoredJson } from './stored-equal.ts';

/**
 * True when a stored page says what ours does. One without `parts`, as Go writes them, need not say
 * that; and Go's `null` for an empty list is one.
 *
 * @throws FormatError when what is stored is no page.
 */
export async function pageEqual({ key, stored, ours, signal }: StoredJson): Promise<boolean> {
  const storedPage = new PageScanner(stored, key);
  const ourPage = new PageScanner(ours, key);
  const ourRecords = ourPage.records();
  const slices = new TimeSlices();
  for (const record of storedPage.records()) {
    const { done, value } = ourRecords.next();
    if (done || !recordEqual(record, value, key)) return false;
    if (slices.spend(record.length)) await slices.pause(signal);
  }
  const envelope = storedPage.envelope();
  if (!ourRecords.next().done) return false;
  const ourEnvelope = ourPage.envelope();
  return jsonEqual(envelope, hasParts(envelope) ? ourEnvelope : withoutParts(ourEnvelope));
}

function recordEqual(stored: Buffer, ours: Buffer, key: string): boolean {
  return stored.equals(ours) || jsonEqual(parseJson(stored, { key }), parseJson(ours, { key }));
}
