/** Longer names are no slips of the finger. */
const LONGEST = 40;

/** The known name that was probably meant: at most a third of its letters differ. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(letters(name), letters(candidate));
    if (distance >= least || distance > Math.max(1, letters(candidate).length / 3)) continue;
    nearest = candidate;
    least = distance;
  }
  return nearest;
}

/** `sharedPoolId`, `shared_pool_id` and `shared-pool-id` are the same letters. */
function letters(name: string): string {
  return name.replace(/[-_. ]/g, '').toLowerCase();
}

/** How many letters must be put in, taken out or changed to make one text the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const change = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(change, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[to.length]!;
}
