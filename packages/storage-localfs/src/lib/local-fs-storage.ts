import { dirname, join } from 'node:path';
import {
  type BackendOptions,
  defineStorageProvider,
  type ObjectInfo,
  type PutMode,
  type PutResult,
  type StorageBackend,
  type StorageCapabilities,
  type StorageProvider,
} from '@metering/core';
import { BaseFolder } from './base-folder.ts';
import { BoundedFiles } from './bounded-files.ts';
import { classifyError, isErrno } from './classify-error.ts';
import { keyProblem } from './key-problem.ts';
import { type ListObjectsQuery, listObjects } from './listing/list-objects.ts';
import { LocalFsFault } from './local-fs-fault.ts';
import {
  type LocalFsSettings,
  type LocalFsStorageOptions,
  readOptions,
} from './local-fs-options.ts';
import { readObjectInfo } from './object-info.ts';
import { splitKey } from './split-key.ts';
import { FolderMaker } from './writing/folder-maker.ts';
import { removeFile } from './writing/remove-file.ts';
import { syncFolder } from './writing/sync-folder.ts';
import { NO_EXCLUSIVE_CREATE, writeAtomically } from './writing/write-atomically.ts';

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
  readonly createProblem = NO_EXCLUSIVE_CREATE;
  readonly #settings: LocalFsSettings;
  readonly #base: BaseFolder;
  readonly #folders: FolderMaker;
  readonly #files = new BoundedFiles();
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

  async get(
    key: string,
    { maxBytes, signal }: BackendOptions & { readonly maxBytes: number },
  ): Promise<Uint8Array> {
    return this.#files.read(await this.#base.locate(key), maxBytes, signal);
  }

  async head(key: string): Promise<ObjectInfo> {
    const info = await readObjectInfo(key, await this.#base.locate(key));
    if (info === undefined) throw new LocalFsFault('NOT_FOUND', 'no such object');
    return info;
  }

  async delete(key: string): Promise<void> {
    const path = await this.#base.locateIfAny(key);
    if (path !== undefined) await removeFile(path);
    // In either case: who removed it may not have come to that yet.
    if (this.#settings.durable) await syncFolder(dirname(join(this.#base.path, key)));
  }

  list(query: ListObjectsQuery, { signal }: BackendOptions): AsyncIterable<ObjectInfo> {
    return listObjects(this.#base, query, signal);
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
    for (let attempt = 1; ; attempt++) {
      try {
        const etag = await this.#writeOnce(key, body, mode, signal);
        if (mode === 'create') this.#exclusiveCreate = true;
        return etag;
      } catch (error) {
        if (isUnsupported(error)) this.#exclusiveCreate = false;
        // What is there may be no object but a link, or a name in other letters: that goes first.
        if (isErrno(error, 'EEXIST')) await this.#base.locateIfAny(key);
        const folderVanished = isErrno(error, 'ENOENT') && !signal?.aborted;
        if (!folderVanished || attempt === MAX_ATTEMPTS) throw error;
        this.#folders.forget();
      }
    }
  }

  async #writeOnce(
    key: string,
    body: Uint8Array,
    mode: PutMode,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { folder: parent, name } = splitKey(key);
    const folder = await this.#folders.prepare(parent);
    if (mode === 'overwrite') await this.#base.locateIfAny(key);
    signal?.throwIfAborted();
    return writeAtomically({ folder, name, body, mode, signal }, this.#settings);
  }
}

function isUnsupported(error: unknown): boolean {
  return error instanceof LocalFsFault && error.code === 'UNSUPPORTED';
}
