import { Secret } from '@metering/config';

/** A configuration as plain data with its secrets revealed, so that it can be compared. */
export function revealed(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).map(([key, member]) => [key, revealed(member)]);
  return Object.fromEntries(pairs);
}
