import { join } from 'node:path';
import type { ChildProcesses } from './child-process.ts';
import type { DataSetName } from './data-sets.ts';

/** All records in one. */
const ONE_PAGE_BYTES = 0;
const SMALL_PAGE_BYTES = 1_000_000;

/** Records where Go finds them, and pages of them where everyone does. */
export interface StoredRecords {
  /** The records themselves, a line of JSON each. */
  readonly recordsFile: string;
  readonly onePage: string;
  readonly smallPages: string;
  /** What the records have. */
  readonly jsonBytes: number;
}

/** Stores records of each kind and size once, when somebody wants them. */
export class RecordStore {
  readonly #children: ChildProcesses;
  readonly #folder: string;
  readonly #stored = new Map<string, Promise<StoredRecords>>();

  constructor(children: ChildProcesses, folder: string) {
    this.#children = children;
    this.#folder = folder;
  }

  get(data: DataSetName, jsonBytes: number): Promise<StoredRecords> {
    const folder = join(this.#folder, `${data}-${jsonBytes}`);
    const stored = this.#stored.get(folder) ?? this.#store(data, jsonBytes, folder);
    this.#stored.set(folder, stored);
    return stored;
  }

  async #store(data: DataSetName, jsonBytes: number, folder: string): Promise<StoredRecords> {
    const recordsFile = `${folder}.jsonl`;
    const onePage = join(folder, 'one-page');
    const smallPages = join(folder, 'small-pages');
    const prepared = await this.#children.run({
      kind: 'prepare',
      data,
      jsonBytes,
      recordsFile,
      folders: [
        { folder: onePage, pageSizeBytes: ONE_PAGE_BYTES },
        { folder: smallPages, pageSizeBytes: SMALL_PAGE_BYTES },
      ],
    });
    return { recordsFile, onePage, smallPages, jsonBytes: prepared.jsonBytes };
  }
}
