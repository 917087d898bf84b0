import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BaseFolder } from '../base-folder.ts';
import { isErrno } from '../classify-error.ts';
import type { LocalFsSettings } from '../local-fs-options.ts';
import { splitKey } from '../split-key.ts';
import { OncePerKey } from './once-per-key.ts';
import { syncFolder } from './sync-folder.ts';
import { sweepStaleTemporaries } from './temporary-file.ts';

/** Makes the folders that are written to, each of them once. */
export class FolderMaker {
  readonly #base: BaseFolder;
  readonly #settings: LocalFsSettings;
  /** Whether a folder had to be made. */
  readonly #made = new OncePerKey((folder) => this.#make(folder));
  readonly #swept = new OncePerKey((folder) => this.#sweep(folder));

  constructor(base: BaseFolder, settings: LocalFsSettings) {
    this.#base = base;
    this.#settings = settings;
  }

  /**
   * The path of a folder to write to, by the part of a key that names it. It is there, it and its parents
   * outlive a power cut, and what killed writers left in it long ago is swept.
   *
   * @throws ENOENT where somebody else removed it since it was made: `forget`, then try again.
   */
  async prepare(folder: string): Promise<string> {
    await this.#swept.get(folder);
    return this.#base.locate(folder);
  }

  /** Takes no folder for made any more. */
  forget(): void {
    this.#made.clear();
    this.#swept.clear();
  }

  async #sweep(folder: string): Promise<void> {
    const made = await this.#made.get(folder);
    if (!made) await sweepStaleTemporaries(await this.#base.locate(folder));
  }

  #make(folder: string): Promise<boolean> {
    return folder === '' ? this.#makeBase() : this.#makeBelow(folder);
  }

  /** Makes a folder in its parent. False when it was there. */
  async #makeBelow(folder: string): Promise<boolean> {
    const { folder: parentFolder, name } = splitKey(folder);
    await this.#made.get(parentFolder);
    const parent = await this.#base.locate(parentFolder);
    const made = await this.#makeFolder(join(parent, name));
    // Synced in either case: who made it may not have come to that yet.
    await this.#sync(parent, made);
    return made;
  }

  async #makeFolder(path: string): Promise<boolean> {
    const { modes } = this.#settings;
    try {
      await mkdir(path, modes.folder);
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false;
      throw error;
    }
    if (modes.exact) await setMode(path, modes.folder);
    return true;
  }

  async #makeBase(): Promise<boolean> {
    const { basePath, createDirs, modes } = this.#settings;
    await this.#base.check();
    if (!createDirs) return false;
    const first = await makeFolders(basePath, modes.folder);
    if (first === undefined) return false;
    if (modes.exact) await setMode(basePath, modes.folder);
    for (let path = basePath; path.length >= first.length; path = dirname(path)) {
      await this.#sync(dirname(path), true);
    }
    return true;
  }

  /** A parent that is not ours to read cannot be synced; that is an error only where we changed it. */
  async #sync(path: string, changed: boolean): Promise<void> {
    if (!this.#settings.durable) return;
    try {
      await syncFolder(path);
    } catch (error) {
      if (changed || !isErrno(error, 'EACCES', 'EPERM')) throw error;
    }
  }
}

/**
 * Makes a folder and those that it is in, and gives the path of the first one that was missing. Not by `recursive` of
 * `mkdir`: that says of a read-only file system that nothing is there, and never ends below `/proc`.
 */
async function makeFolders(path: string, mode: number): Promise<string | undefined> {
  try {
    return await makeFolder(path, mode);
  } catch (error) {
    if (!isErrno(error, 'ENOENT') || dirname(path) === path) throw error;
  }
  const first = await makeFolders(dirname(path), mode);
  const made = await makeFolder(path, mode);
  return first ?? made;
}

/** Makes a folder and gives its path; undefined where it, or a link to one, was there. */
async function makeFolder(path: string, mode: number): Promise<string | undefined> {
  try {
    await mkdir(path, mode);
    return path;
  } catch (error) {
    const stats = isErrno(error, 'ENOENT') ? undefined : await stat(path).catch(() => undefined);
    if (stats?.isDirectory()) return undefined;
    throw error;
  }
}

/** Gives a new folder its mode whatever the umask, but for the bits that it has from its parent (setgid). */
async function setMode(path: string, mode: number): Promise<void> {
  const { mode: current } = await stat(path);
  const wanted = mode | (current & 0o7000);
  if ((current & 0o7777) !== wanted) await chmod(path, wanted);
}
