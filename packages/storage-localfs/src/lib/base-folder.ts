import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from './classify-error.ts';
import { LocalFsFault } from './local-fs-fault.ts';

/** The folder that holds everything, and the only way from a key to a path. */
export class BaseFolder {
  readonly path: string;
  readonly #mustExist: boolean;
  #realPath: string | undefined;

  constructor(path: string, mustExist: boolean) {
    this.path = path;
    this.#mustExist = mustExist;
  }

  /**
   * The path of a file or folder that exists, reached from the base through real folders alone: nothing
   * below the base is ever a symbolic link that is followed, so no key leads out of it. (A link that
   * somebody puts in place between this and the use of the path would be.)
   *
   * @param relative A key, or the folders that a key begins with, or `''` for the base itself.
   * @throws the system's own error when there is nothing.
   */
  async locate(relative: string): Promise<string> {
    const path = join(this.path, relative);
    const real = await realpath(path);
    if (real === join(this.#realPath ?? (await this.#resolve()), relative)) return path;
    // The base may be a link itself, that points elsewhere since.
    if (real === join(await this.#resolve(), relative)) return path;
    throw new LocalFsFault(
      'PERMISSION_DENIED',
      `${path} leads over a symbolic link (or differs in case from the name on the disk) to ${real}; this storage follows no links below its base path`,
    );
  }

  /** Why there is nothing at all under the base path, where that is an error. */
  async problem(): Promise<LocalFsFault | undefined> {
    try {
      const stats = await stat(this.path);
      return stats.isDirectory() ? undefined : this.#noFolder();
    } catch (error) {
      if (isErrno(error, 'ENOTDIR')) return this.#noFolder();
      if (!isErrno(error, 'ENOENT')) throw error;
      return this.#mustExist ? this.#missing(error) : undefined;
    }
  }

  async #resolve(): Promise<string> {
    this.#realPath = await realpath(this.path);
    return this.#realPath;
  }

  #noFolder(): LocalFsFault {
    return new LocalFsFault(
      'CONTAINER_NOT_FOUND',
      `the base path ${this.path} is a file, or leads over one; give the path of a folder`,
    );
  }

  #missing(cause: unknown): LocalFsFault {
    return new LocalFsFault(
      'CONTAINER_NOT_FOUND',
      `the base path ${this.path} does not exist; make it, or set createDirs`,
      cause,
    );
  }
}
