import type { SkippedKey } from '../../pages/page-listing.ts';

/** Who looks again and again remembers so many keys; of more, some are told of again. */
const REMEMBERED_KEYS = 10_000;

/** Tells of each key once, however often it is found. */
export function toldOnce(onSkipped: (skipped: SkippedKey) => void): (skipped: SkippedKey) => void {
  const told = new Set<string>();
  return (skipped) => {
    if (told.has(skipped.key)) return;
    if (told.size >= REMEMBERED_KEYS) told.clear();
    told.add(skipped.key);
    onSkipped(skipped);
  };
}
