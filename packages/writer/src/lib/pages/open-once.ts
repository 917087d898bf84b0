import { Readable } from 'node:stream';
import { IssueList } from '@metering/core/building-blocks';

/** What gives its records only once, and was asked for them. */
const taken = new WeakSet<object>();

/**
 * Opens what gives records, and refuses to do so a second time where it gives them only once: a generator,
 * `map.values()`, a stream. It would give none, or those that are left, and a write that is made again would
 * store that as all that was used.
 *
 * @throws ValidationError
 */
export function openOnce<Opened extends object>(data: object, open: () => Opened): Opened {
  if (taken.has(data)) throwTaken();
  const iterator = open();
  if (givesOnce(data, iterator)) taken.add(data);
  return iterator;
}

function givesOnce(data: object, iterator: object): boolean {
  return iterator === data || data instanceof Readable || data instanceof ReadableStream;
}

function throwTaken(): void {
  const issues = new IssueList();
  const message =
    'gives its records only once, and another write took them: make it anew for each write, or pass an array';
  issues.add('data', 'WRONG_TYPE', message);
  issues.throwIfAny('Invalid metering data');
}
