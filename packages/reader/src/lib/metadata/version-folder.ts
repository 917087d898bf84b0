import {
  type MetaKey,
  metaKey,
  type ObjectInfo,
  parseMetaKey,
  type StorageProvider,
} from '@metering/core';
import { FILE_SUFFIX } from '@metering/core/building-blocks';

/** As many keys as stores give in one answer: what is cheapest to ask for at once. */
const WINDOW_KEYS = 1000;
/** Comes after every digit. */
const AFTER_DIGITS = ':';

/** Whose metadata. */
export type MetaSubject = Omit<MetaKey, 'modifyTs'>;

/** One stored version of metadata. */
export interface Version {
  readonly modifyTs: number;
  readonly info: ObjectInfo;
}

/** What one answer of a listing shows of a folder. */
export interface VersionWindow {
  /** In the order of their names. Among names of one width, that is the order of time. */
  readonly versions: readonly Version[];
  /** Every name from the window's start to this one was seen; undefined at the end of the folder. */
  readonly lastName: string | undefined;
}

/** The versions of one subject's metadata, looked at through windows that cost one request each. */
export class VersionFolder {
  /** What all keys of the folder begin with. */
  readonly prefix: string;
  readonly #storage: StorageProvider;
  readonly #signal: AbortSignal | undefined;

  /** @throws ValidationError when the subject's names make no key. */
  constructor(storage: StorageProvider, subject: MetaSubject, signal: AbortSignal | undefined) {
    const key = metaKey({ ...subject, modifyTs: 0 });
    this.prefix = key.slice(0, key.lastIndexOf('/') + 1);
    this.#storage = storage;
    this.#signal = signal;
  }

  /** The names that follow any text. */
  async window(after: string): Promise<VersionWindow> {
    const versions: Version[] = [];
    const query = { prefix: this.prefix, startAfter: after === '' ? '' : this.prefix + after };
    let seen = 0;
    for await (const info of this.#storage.list(query, { signal: this.#signal })) {
      const name = info.key.slice(this.prefix.length);
      if (name >= AFTER_DIGITS) break;
      const version = toVersion(info, name);
      if (version !== undefined) versions.push(version);
      seen += 1;
      // A lazy listing that is left here makes no further request.
      if (seen === WINDOW_KEYS) return { versions, lastName: name };
    }
    return { versions, lastName: undefined };
  }
}

/** Undefined for other files, and for what lies deeper: in the folder of a category of this name. */
function toVersion(info: ObjectInfo, name: string): Version | undefined {
  if (name.includes('/')) return undefined;
  const parsed = parseMetaKey(info.key);
  return parsed === undefined ? undefined : { modifyTs: parsed.modifyTs, info };
}

/** The name of a version's file. */
export function versionName(modifyTs: number): string {
  return `${modifyTs}${FILE_SUFFIX}`;
}

/** How many digits a version's name has. */
export function widthOf(modifyTs: number): number {
  return String(modifyTs).length;
}

/** The digits that a name begins with. */
export function leadingDigits(name: string): string {
  return /^[0-9]*/.exec(name)?.[0] ?? '';
}

/**
 * Where to go on after a name, if only names of up to `width` digits matter: past all the wider ones
 * that begin like this one.
 */
export function skipWider(name: string, width: number): string {
  return leadingDigits(name).length > width ? name.slice(0, width) + AFTER_DIGITS : name;
}

/** The newest of some versions that is not after a time. */
export function newestAtOrBefore(versions: readonly Version[], at: number): Version | undefined {
  return versions.reduce<Version | undefined>(
    (newest, version) => (version.modifyTs <= at ? newer(newest, version) : newest),
    undefined,
  );
}

/** The newer of two versions, where there are any. */
export function newer(a: Version | undefined, b: Version | undefined): Version | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.modifyTs >= b.modifyTs ? a : b;
}
