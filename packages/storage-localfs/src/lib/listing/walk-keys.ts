import type { Dirent } from 'node:fs';
import { compareUtf8 } from '@metering/core/building-blocks';
import { isTemporaryName } from '../writing/temporary-file.ts';
import { FolderEntries } from './folder-entries.ts';

/** What is walked. */
interface Walk {
  /** The path of a folder, by the part of a key that names it (with `/` at the end, or `''`). */
  readonly pathOf: (folder: string) => string;
  /** The folders that the prefix names in full: where to begin. */
  readonly start: string;
  readonly prefix: string;
  readonly startAfter: string;
  readonly signal: AbortSignal | undefined;
}

/** A walk that has begun. */
interface Walker extends Walk {
  readonly entries: FolderEntries;
}

/** A folder on the way to the current key. */
interface OpenFolder {
  readonly folder: string;
  /** What of it is still to come, last name first. */
  readonly names: string[];
  /** Those of the names that come next, if they are folders, which are read already. */
  readonly ahead: Promise<OpenFolder>[];
}

/** So many of a folder's folders are read before their turn comes, by threads, while keys are taken. */
const MAX_AHEAD = 3;

/**
 * The keys of the files below the prefix and after `startAfter`, in UTF-8 byte order of the whole key. It
 * reads a folder only if the query can match in it: when its first key is asked for or a few folders before,
 * but no more than were gone through. Of a folder it holds the matching names and nothing else.
 */
export async function* walkKeys(walk: Walk): AsyncGenerator<string> {
  const walker = { ...walk, entries: new FolderEntries() };
  const open = [await openFolder(walk.start, walker)];
  let ahead = 0;
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const name = current.names.pop();
    if (name === undefined) {
      open.pop();
      ahead = Math.min(ahead + 1, MAX_AHEAD);
    } else if (name.endsWith('/')) {
      const folder = current.ahead.shift() ?? openFolder(current.folder + name, walker);
      openAhead(current, ahead, walker);
      open.push(await folder);
    } else {
      yield current.folder + name;
    }
  }
}

/** Begins to read the folders that come next, so many. */
function openAhead({ folder, names, ahead }: OpenFolder, count: number, walk: Walker): void {
  while (ahead.length < count) {
    const name = names.at(-1 - ahead.length);
    if (!name?.endsWith('/')) return;
    const opening = openFolder(folder + name, walk);
    // It is awaited in its turn; until then, or if that never comes, a failure is not unhandled.
    opening.catch(() => undefined);
    ahead.push(opening);
  }
}

async function openFolder(folder: string, walk: Walker): Promise<OpenFolder> {
  walk.signal?.throwIfAborted();
  const names: string[] = [];
  for (const entry of await walk.entries.read(walk.pathOf(folder))) {
    const name = nameInOrder(entry);
    if (name !== undefined && canMatch(folder + name, walk)) names.push(name);
  }
  names.sort((a, b) => compareUtf8(b, a));
  return { folder, names: withoutRepeats(names), ahead: [] };
}

/**
 * The name by which an entry sorts: that of a folder with its `/`, as every key in it has one there. None
 * for what holds no object: links, pipes, devices, temporary files.
 */
function nameInOrder(entry: Dirent): string | undefined {
  if (isTemporaryName(entry.name)) return undefined;
  if (entry.isDirectory()) return `${entry.name}/`;
  return entry.isFile() ? entry.name : undefined;
}

/** Whether a key, or any key in a folder (which ends in `/`), is in the listing. */
function canMatch(key: string, { prefix, startAfter }: Walk): boolean {
  if (!key.startsWith(prefix)) return false;
  return compareUtf8(key, startAfter) > 0 || (key.endsWith('/') && startAfter.startsWith(key));
}

/** Names that are not UTF-8 are read as U+FFFD, which makes them look like one another. */
function withoutRepeats(names: string[]): string[] {
  return names.filter((name, index) => name !== names[index - 1]);
}
