/** A stored file: its key and its size. */
export interface StoredFile {
  readonly key: string;
  readonly bytes: number;
}

/** What stands in a folder, by name: files' sizes in bytes, and folders. */
type Folder = Map<string, number | Folder>;

/** A folder with more entries than this shows its first two and its last. */
const MOST_ENTRIES_SHOWN = 4;
const NAME_WIDTH = 56;

/** Draws files as a tree below a root, as lines of text. */
export function treeOf(root: string, files: readonly StoredFile[]): string[] {
  const folder: Folder = new Map();
  for (const { key, bytes } of files) addFile(folder, key.split('/'), bytes);
  return entryLines(root, folder);
}

function addFile(folder: Folder, [name = '', ...rest]: readonly string[], bytes: number): void {
  if (rest.length === 0) {
    folder.set(name, bytes);
    return;
  }
  const known = folder.get(name);
  const inner: Folder = known instanceof Map ? known : new Map();
  folder.set(name, inner);
  addFile(inner, rest, bytes);
}

/** An entry's own line and those below it; a folder with one entry shares its line. */
function entryLines(name: string, entry: number | Folder): string[] {
  if (typeof entry === 'number') return [`${name.padEnd(NAME_WIDTH)}${entry} B`];
  const [only, ...others] = entry;
  if (only !== undefined && others.length === 0) return entryLines(`${name}/${only[0]}`, only[1]);
  return [`${name}/`, ...shownEntries(entry).flatMap(branchLines)];
}

function shownEntries(folder: Folder): string[][] {
  const entries = [...folder].map(([name, entry]) => entryLines(name, entry));
  if (entries.length <= MOST_ENTRIES_SHOWN) return entries;
  const left = [`… ${entries.length - 3} more like these`];
  return [...entries.slice(0, 2), left, ...entries.slice(-1)];
}

function branchLines(lines: readonly string[], index: number, all: readonly unknown[]): string[] {
  const [first, below] = index === all.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  '];
  return lines.map((line, lineIndex) => `${lineIndex === 0 ? first : below}${line}`);
}
