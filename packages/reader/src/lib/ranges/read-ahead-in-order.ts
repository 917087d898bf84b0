import { type Items, type ReadAheadOptions, readAhead } from '../read-ahead.ts';

type Outcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: unknown };

/**
 * Works through items, some at a time, and gives the results in the order of the items. A failure is thrown
 * in its turn: after the results of all items before it, and instead of any after it.
 */
export async function* readAheadInOrder<Item, Result>(
  items: Items<Item>,
  { limit, run, signal }: Omit<ReadAheadOptions<Item, Result>, 'inOrder'>,
): AsyncGenerator<Result> {
  const attempt = async (item: Item, stopping: AbortSignal): Promise<Outcome<Result>> => {
    try {
      return { ok: true, result: await run(item, stopping) };
    } catch (error) {
      return { ok: false, error };
    }
  };
  for await (const outcome of readAhead(items, { limit, run: attempt, inOrder: true, signal })) {
    if (!outcome.ok) throw outcome.error;
    yield outcome.result;
  }
}
