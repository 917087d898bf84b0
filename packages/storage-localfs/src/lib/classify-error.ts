import type { ErrorClass, ErrorContext, StorageErrorCode, StorageOperation } from '@metering/core';
import { LocalFsFault } from './local-fs-fault.ts';

interface Meaning {
  readonly code: StorageErrorCode;
  /** What it means here and what to do. */
  readonly message: string;
}

const FULL: Meaning = { code: 'NO_SPACE', message: 'the disk is full; free some space' };
const QUOTA: Meaning = { code: 'NO_SPACE', message: 'the disk quota is used up; raise it' };
const FILE_LIMIT: Meaning = {
  code: 'NO_SPACE',
  message: 'the file is larger than this process (ulimit -f) or the file system allows',
};
const DENIED: Meaning = {
  code: 'PERMISSION_DENIED',
  message: 'this process may not do that; check the owner and the mode of the folder',
};
const READ_ONLY: Meaning = {
  code: 'PERMISSION_DENIED',
  message: 'the file system is mounted read-only',
};
const SYMBOLIC_LINK: Meaning = {
  code: 'PERMISSION_DENIED',
  message: 'a symbolic link is in its place, which this storage does not follow; remove the link',
};
const TOO_LONG: Meaning = {
  code: 'INVALID_KEY',
  message: 'the path is longer than the file system allows; shorten the key or the base path',
};
const BAD_NAME: Meaning = { code: 'INVALID_KEY', message: 'the file system refuses such a name' };
const FILE_IN_THE_WAY: Meaning = {
  code: 'INVALID_KEY',
  message: 'a part of the key names a file, which cannot hold further files',
};
const TOO_MANY_FILES: Meaning = {
  code: 'UNAVAILABLE',
  message: 'too many files are open; do less at once or raise the limit (ulimit -n)',
};
const TROUBLE: Meaning = { code: 'UNAVAILABLE', message: 'the file system is in trouble' };
const VANISHED: Meaning = {
  code: 'UNAVAILABLE',
  message: 'its folder was removed again and again while this was written',
};
const MISSING: Meaning = { code: 'NOT_FOUND', message: 'no such object' };
const EXISTS: Meaning = { code: 'ALREADY_EXISTS', message: 'an object exists' };

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['EEXIST', EXISTS],
  ['ENOSPC', FULL],
  ['EDQUOT', QUOTA],
  ['EFBIG', FILE_LIMIT],
  ['EACCES', DENIED],
  ['EPERM', DENIED],
  ['EROFS', READ_ONLY],
  ['ELOOP', SYMBOLIC_LINK],
  ['ENAMETOOLONG', TOO_LONG],
  ['EILSEQ', BAD_NAME],
  ['EINVAL', BAD_NAME],
  ['EMFILE', TOO_MANY_FILES],
  ['ENFILE', TOO_MANY_FILES],
  ['EAGAIN', TROUBLE],
  ['EBUSY', TROUBLE],
  ['EIO', TROUBLE],
  ['ENOBUFS', TROUBLE],
  ['ENOMEM', TROUBLE],
  ['ESTALE', TROUBLE],
  ['ETIMEDOUT', TROUBLE],
]);

/** What an error of `node:fs` (or a fault of our own) means for the operation that it ended. */
export function classifyError(error: unknown, { operation }: ErrorContext): ErrorClass | undefined {
  if (error instanceof LocalFsFault) {
    return { code: error.code, message: error.message, cause: error.cause };
  }
  const errno = errnoOf(error);
  if (errno === undefined) return undefined;
  const meaning = missingOrInTheWay(errno, operation) ?? MEANINGS.get(errno);
  if (meaning === undefined) return undefined;
  return { code: meaning.code, message: `${meaning.message} (${(error as Error).message})` };
}

/** The system's name of an error (`ENOENT`, …), if it has one. */
function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** True for an error of one of these names. */
export function isErrno(error: unknown, ...names: readonly string[]): boolean {
  const errno = errnoOf(error);
  return errno !== undefined && names.includes(errno);
}

/** True when nothing is at a path: it, or one of its folders, is not there or not a folder. */
export function isMissing(error: unknown): boolean {
  return isErrno(error, 'ENOENT', 'ENOTDIR');
}

/** Where an object cannot be, there is none to read; but to write one there is the key's fault. */
function missingOrInTheWay(errno: string, operation: StorageOperation): Meaning | undefined {
  const writing = operation === 'put';
  if (errno === 'ENOENT') return writing ? VANISHED : MISSING;
  if (errno === 'ENOTDIR' || errno === 'EISDIR') return writing ? FILE_IN_THE_WAY : MISSING;
  return undefined;
}
