/** How many reads are under way at once, at the most. */
const MAX_AHEAD = 64;

/**
 * Reads something of each item, in their order. It runs ahead of who takes the results by as many as
 * were taken, up to a limit: who takes a few costs a few, who takes all waits for none.
 */
export async function* readAhead<Item, Result>(
  items: AsyncIterable<Item>,
  read: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  let ahead = 0;
  for await (const item of items) {
    const reading = read(item);
    // It is awaited in its turn; until then, or if nobody takes it, a failure is not unhandled.
    reading.catch(() => undefined);
    underWay.push(reading);
    if (underWay.length <= ahead) continue;
    yield await underWay.shift()!;
    ahead = Math.min(ahead + 1, MAX_AHEAD);
  }
  for (const reading of underWay) yield await reading;
}
