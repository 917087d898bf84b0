import { join } from 'node:path';
import {
  type BackendOptions,
  defineStorageProvider,
  type ObjectInfo,
  objectKeyProblem,
  type PutMode,
  type PutResult,
  type StorageBackend,
  type StorageCapabilities,
  type StorageProvider,
} from '@metering/core';
import { BaseFolder } from './base-folder.ts';
import { classifyError, isErrno, isMissing } from './classify-error.ts';
import { FolderMaker } from './folder-maker.ts';
import { keyProblem } from './key-problem.ts';
import { LocalFsFault } from './local-fs-fault.ts';
import {
  type LocalFsSettings,
  type LocalFsStorageOptions,
  readOptions,
} from './local-fs-options.ts';
import { readObjectInfo } from './object-info.ts';
import { readAhead } from './read-ahead.ts';
import { readFileBounded } from './read-file-bounded.ts';
import { removeFile } from './remove-file.ts';
import { splitKey } from './split-key.ts';
import { syncFolder } from './sync-folder.ts';
import { walkKeys } from './walk-keys.ts';
import { writeAtomically } from './write-atomically.ts';

/** How often a write begins anew when its folder is removed under its hands. */
const MAX_ATTEMPTS = 10;

/**
 * A store in a folder: a key is a path below it, an object is a file. Nothing is read or made before the
 * first call.
 *
 * @throws TypeError for an option that makes no sense.
 */
export function createLocalFsStorage(options: LocalFsStorageOptions = {}): StorageProvider {
  return defineStorageProvider(new LocalFsBackend(readOptions(options)));
}

class LocalFsBackend implements StorageBackend {
  readonly name = 'localfs';
  readonly #settings: LocalFsSettings;
  readonly #base: BaseFolder;
  readonly #folders: FolderMaker;
  readonly #writes = new Set<Promise<unknown>>();
  #exclusiveCreate: boolean | 'unknown' = 'unknown';

  constructor(settings: LocalFsSettings) {
    this.#settings = settings;
    this.#base = new BaseFolder(settings.basePath, !settings.createDirs);
    this.#folders = new FolderMaker(this.#base, settings);
  }

  /** The first `create` tells whether the file system has hard links. */
  get capabilities(): StorageCapabilities {
    return { exclusiveCreate: this.#exclusiveCreate, listOrder: 'utf8' };
  }

  keyProblem(key: string) {
    return keyProblem(key);
  }

  classifyError(...args: Parameters<typeof classifyError>) {
    return classifyError(...args);
  }

  async put(
    key: string,
    body: Uint8Array,
    { mode, signal }: BackendOptions & { readonly mode: PutMode },
  ): Promise<PutResult> {
    const write = this.#write(key, body, mode, signal);
    this.#writes.add(write);
    try {
      return { etag: await write };
    } finally {
      this.#writes.delete(write);
    }
  }

  get(
    key: string,
    { maxBytes, signal }: BackendOptions & { readonly maxBytes: number },
  ): Promise<Uint8Array> {
    return this.#find(async () => {
      return readFileBounded(await this.#base.locate(key), maxBytes, signal);
    });
  }

  head(key: string): Promise<ObjectInfo> {
    return this.#find(async () => {
      const info = await readObjectInfo(key, await this.#base.locate(key));
      if (info === undefined) throw new LocalFsFault('NOT_FOUND', 'no such object');
      return info;
    });
  }

  delete(key: string): Promise<void> {
    return this.#find(async () => {
      const { folder, name } = splitKey(key);
      const path = await this.#base.locate(folder);
      await removeFile(join(path, name));
      if (this.#settings.durable) await syncFolder(path);
    });
  }

  async *list(
    query: { readonly prefix: string; readonly startAfter: string },
    { signal }: BackendOptions,
  ): AsyncGenerator<ObjectInfo> {
    const start = query.prefix.slice(0, query.prefix.lastIndexOf('/') + 1);
    if (!(await this.#hasFolder(start))) return;
    const pathOf = (key: string) => join(this.#base.path, key);
    const keys = walkKeys({ ...query, start, pathOf, signal });
    for await (const info of readAhead(keys, (key) => readObjectInfo(key, pathOf(key)))) {
      if (info !== undefined) yield info;
    }
  }

  /** Waits for writes that go on after their abort until they have removed their temporary files. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#writes);
  }

  async #write(
    key: string,
    body: Uint8Array,
    mode: PutMode,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { folder, name } = splitKey(key);
    for (let attempt = 1; ; attempt++) {
      try {
        const path = await this.#folders.prepare(folder);
        signal?.throwIfAborted();
        const write = { folder: path, name, body, mode, signal };
        const etag = await writeAtomically(write, this.#settings);
        if (mode === 'create') this.#exclusiveCreate = true;
        return etag;
      } catch (error) {
        if (isUnsupported(error)) this.#exclusiveCreate = false;
        if (!isErrno(error, 'ENOENT') || attempt === MAX_ATTEMPTS) throw error;
        this.#folders.forget();
      }
    }
  }

  /** Runs a call that reads or removes; where it finds nothing as the base path is wrong, it says that. */
  async #find<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      const problem = isMissing(error) ? await this.#base.problem() : undefined;
      throw problem ?? error;
    }
  }

  /** Whether keys can begin with these folders, which are any text that ends in `/`, or none. */
  async #hasFolder(start: string): Promise<boolean> {
    const problem = await this.#base.problem();
    if (problem !== undefined) throw problem;
    if (start === '') return true;
    const folder = start.slice(0, -1);
    if ((objectKeyProblem(folder) ?? keyProblem(folder)) !== undefined) return false;
    try {
      await this.#base.locate(folder);
      return true;
    } catch (error) {
      const nothingThere = isMissing(error) || isErrno(error, 'ENAMETOOLONG', 'EILSEQ');
      if (nothingThere || error instanceof LocalFsFault) return false;
      throw error;
    }
  }
}

function isUnsupported(error: unknown): boolean {
  return error instanceof LocalFsFault && error.code === 'UNSUPPORTED';
}
