import { IssueList } from '@metering/core/building-blocks';

/** What gives its records only once, and was asked for them: such data, and every iterator. */
const taken = new WeakSet<object>();

/**
 * Opens what gives records, and refuses to do so a second time where it gives them only once: a generator,
 * `map.values()`, a stream, a cursor, or what hands out one of these. It would give none, or those that are
 * left, and a write that is made again would store that as all that was used.
 *
 * @throws ValidationError
 */
export function openOnce<Opened extends object>(data: object, open: () => Opened): Opened {
  if (taken.has(data) || hasEnded(data)) throwTaken();
  const iterator = open();
  if (taken.has(iterator)) throwTaken();
  taken.add(iterator);
  if (isStream(data) || isCursor(data)) taken.add(data);
  return iterator;
}

/** True for a stream of Node's that was read to its end, by whomever. */
function hasEnded(data: object): boolean {
  return (data as { readonly readableEnded?: unknown }).readableEnded === true;
}

/** True for a stream of Node's or of the web's, also of a copy such as the package `readable-stream`. */
function isStream(data: object): boolean {
  const isNodes = hasMethod(data, 'pipe') && hasMethod(data, 'on');
  return isNodes || hasMethod(data, 'getReader');
}

/** True for what has a position of its own, as a database's cursor has; each iterator may go on from there. */
function isCursor(data: object): boolean {
  return hasMethod(data, 'next');
}

function hasMethod(data: object, name: string): boolean {
  return typeof (data as Readonly<Record<string, unknown>>)[name] === 'function';
}

function throwTaken(): void {
  const issues = new IssueList();
  const message =
    'gives its records only once, and they were taken already: make it anew for each write, or pass an array';
  issues.add('data', 'WRONG_TYPE', message);
  issues.throwIfAny('Invalid metering data');
}
