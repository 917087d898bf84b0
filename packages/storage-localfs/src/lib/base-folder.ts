import { lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno, isMissing } from './classify-error.ts';
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
   * below the base is a symbolic link that is followed, so no key leads out of it. (A link that somebody
   * puts in place between this and the use of the path would be.)
   *
   * @param relative A key, or the folders that a key begins with, or `''` for the base itself.
   * @throws LocalFsFault where the base path is wrong, or a link or a name in other letters is in the way;
   * the system's own error where nothing is.
   */
  async locate(relative: string): Promise<string> {
    const path = join(this.path, relative);
    if (relative === '') await this.check();
    else await this.#checkWay(path, relative);
    return path;
  }

  /** The same, but undefined where nothing is. */
  async locateIfAny(relative: string): Promise<string | undefined> {
    try {
      return await this.locate(relative);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** @throws LocalFsFault where there is no folder at the base path, and none will be made. */
  async check(): Promise<void> {
    try {
      const stats = await stat(this.path);
      if (!stats.isDirectory()) throw noFolder(this.path);
    } catch (error) {
      if (isErrno(error, 'ENOTDIR')) throw noFolder(this.path);
      if (!isErrno(error, 'ENOENT')) throw error;
      if (await isLink(this.path)) throw linkToNothing(this.path);
      if (this.#mustExist) throw noBase(this.path, error);
    }
  }

  async #checkWay(path: string, relative: string): Promise<void> {
    const real = await this.#realPathOf(path);
    if (real === join(this.#realPath ?? (await this.#resolve()), relative)) return;
    // The base may be a link itself, which points elsewhere by now.
    const expected = join(await this.#resolve(), relative);
    if (real === expected) return;
    throw sameLetters(real, expected) ? otherLetters(real) : leadsOverLink(path, real);
  }

  async #realPathOf(path: string): Promise<string> {
    try {
      return await realpath(path);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.check();
      throw (await isLink(path)) ? leadsOverLink(path, 'nowhere') : error;
    }
  }

  async #resolve(): Promise<string> {
    this.#realPath = await realpath(this.path);
    return this.#realPath;
  }
}

async function isLink(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isSymbolicLink() === true;
}

/** Whether two names are one to a file system that ignores case or the way accents are written. */
function sameLetters(a: string, b: string): boolean {
  return a.normalize().toLowerCase() === b.normalize().toLowerCase();
}

function otherLetters(real: string): LocalFsFault {
  return new LocalFsFault(
    'INVALID_KEY',
    `this file system takes it for ${real}, from which it differs in case or in the form of its accents`,
  );
}

function leadsOverLink(path: string, real: string): LocalFsFault {
  return new LocalFsFault(
    'PERMISSION_DENIED',
    `${path} leads over a symbolic link (to ${real}), and this storage follows no links below its base path; put the folder itself there`,
  );
}

function noFolder(path: string): LocalFsFault {
  return new LocalFsFault(
    'CONTAINER_NOT_FOUND',
    `the base path ${path} is a file, or leads over one; give the path of a folder`,
  );
}

function linkToNothing(path: string): LocalFsFault {
  return new LocalFsFault(
    'CONTAINER_NOT_FOUND',
    `the base path ${path} is a symbolic link to nothing; make the folder that it names`,
  );
}

function noBase(path: string, cause: unknown): LocalFsFault {
  return new LocalFsFault(
    'CONTAINER_NOT_FOUND',
    `the base path ${path} does not exist; make it, or set createDirs`,
    cause,
  );
}
