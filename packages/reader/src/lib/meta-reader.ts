import {
  type CallOptions,
  isStorageError,
  type MetaKey,
  type ObjectInfo,
  type Observers,
  parseMetaKey,
  type StorageProvider,
} from '@metering/core';
import {
  checkObservers,
  describeValue,
  FILE_SUFFIX,
  MAX_JSON_BYTES,
  META_PREFIX,
  type OptionNames,
} from '@metering/core/building-blocks';
import { fetchFile } from './fetch-file.ts';
import { gunzip } from './gzip/gunzip.ts';
import { invalidInput } from './invalid-input.ts';
import { END_OF_TIME, findVersion } from './metadata/find-version.ts';
import { KnownVersions } from './metadata/known-versions.ts';
import {
  checkCacheOptions,
  type FileAccess,
  MetaCache,
  type MetaCacheOptions,
} from './metadata/meta-cache.ts';
import { decodeMeta, type MetaRecord } from './metadata/meta-codec.ts';
import {
  checkMetaQuery,
  checkVersionsQuery,
  type MetaQuery,
  subjectsOf,
  type VersionsQuery,
} from './metadata/meta-query.ts';
import {
  type MetaSubject,
  newer,
  type Version,
  VersionFolder,
  versionName,
} from './metadata/version-folder.ts';
import { versionsInOrder } from './metadata/versions-in-order.ts';
import { checkCallOptions, requireStorage } from './reader-options.ts';

/**
 * Where metadata is, and how it is cached. The logger gets a warning where the cache fails; `onEvent` is told of
 * each hit and miss.
 */
export interface MetaReaderOptions extends Observers {
  readonly storage: StorageProvider;
  /** Keeps files that were read. Default: in memory. */
  readonly cache?: false | MetaCacheOptions | undefined;
}

const OPTIONS: OptionNames<MetaReaderOptions> = {
  storage: true,
  cache: true,
  logger: true,
  onEvent: true,
};

/** A stored version of metadata, by its key. */
export interface MetaVersion extends MetaKey {
  readonly key: string;
}

/** Finds and reads metadata as of a time. */
export interface MetaReader {
  /**
   * The newest metadata at or before a time; undefined where there is none. Of two types that are
   * equally new, `logic`.
   *
   * @throws ValidationError for a query that breaks the rules; FormatError for a file that is damaged,
   *   too large (100 MiB), no metadata, or contradicts its key.
   */
  read(query: MetaQuery, options?: CallOptions): Promise<MetaRecord | undefined>;
  /**
   * One file, in one request. The cache has no part in it: only a listing tells whether a copy is
   * still the file.
   *
   * @throws ValidationError for a key that is no metadata's; StorageError `NOT_FOUND`; FormatError as
   *   `read`.
   */
  readFile(key: string, options?: CallOptions): Promise<MetaRecord>;
  /**
   * All versions in ascending order of their times, lazily. In a folder of more than 1,000 of them this
   * relies on the listing's own order, which is that of time while all times have equally many digits,
   * as all from September 2001 to 2286 have. Where other widths show at its beginning or end, all
   * times are collected and sorted first.
   *
   * @throws ValidationError, at the first step, for a query that breaks the rules.
   */
  versions(query: VersionsQuery, options?: CallOptions): AsyncIterable<MetaVersion>;
}

/**
 * Reads the metadata of a storage.
 *
 * @throws TypeError for options that make no sense.
 */
export function createMetaReader(options: MetaReaderOptions): MetaReader {
  return new StorageMetaReader(options);
}

class StorageMetaReader implements MetaReader {
  readonly #storage: StorageProvider;
  readonly #cache: MetaCache | undefined;
  readonly #known: KnownVersions;

  constructor(options: MetaReaderOptions) {
    requireStorage('createMetaReader', options, OPTIONS);
    const { storage, cache = {} } = options;
    checkObservers('createMetaReader', options);
    if (cache !== false) checkCacheOptions(cache);
    this.#storage = storage;
    this.#cache = cache === false ? undefined : new MetaCache(cache, options);
    this.#known = new KnownVersions(cache === false ? 0 : (cache.listingMaxAgeMs ?? 0));
  }

  async read(query: MetaQuery, options: CallOptions = {}): Promise<MetaRecord | undefined> {
    checkCallOptions('read', options);
    const { signal } = options;
    signal?.throwIfAborted();
    checkMetaQuery(query);
    const { at = END_OF_TIME } = query;
    const folders = subjectsOf(query).map((subject) => this.#folder(subject, signal));
    try {
      return await this.#readNewest(folders, at, signal);
    } catch (error) {
      if (!isStorageError(error, 'NOT_FOUND')) throw error;
      // Deleted since it was listed: ask anew, once, what there is.
      for (const folder of folders) this.#known.forget(folder.prefix);
      return this.#readNewest(folders, at, signal);
    }
  }

  async readFile(key: string, options: CallOptions = {}): Promise<MetaRecord> {
    checkCallOptions('readFile', options);
    const { fetch, decode } = this.#accessTo(key, options.signal);
    return decode(await fetch());
  }

  async *versions(query: VersionsQuery, options: CallOptions = {}): AsyncGenerator<MetaVersion> {
    checkCallOptions('versions', options);
    const { signal } = options;
    checkVersionsQuery(query);
    for (const subject of subjectsOf(query)) {
      const folder = this.#folder(subject, signal);
      for await (const modifyTs of versionsInOrder(folder)) {
        signal?.throwIfAborted();
        yield { key: folder.prefix + versionName(modifyTs), ...subject, modifyTs };
      }
    }
  }

  #folder(subject: MetaSubject, signal: AbortSignal | undefined): VersionFolder {
    return new VersionFolder(this.#storage, subject, signal);
  }

  async #readNewest(
    folders: readonly VersionFolder[],
    at: number,
    signal: AbortSignal | undefined,
  ): Promise<MetaRecord | undefined> {
    const versions = await Promise.all(folders.map((folder) => this.#find(folder, at)));
    const version = versions.reduce(newer, undefined);
    return version && this.#load(version.info, signal);
  }

  async #find(folder: VersionFolder, at: number): Promise<Version | undefined> {
    const known = this.#known.get(folder.prefix, at);
    if (known !== undefined) return known.version;
    const listedAt = Date.now();
    const found = await findVersion(folder, at);
    this.#known.add(folder.prefix, found, listedAt);
    return found.version;
  }

  async #load(info: ObjectInfo, signal: AbortSignal | undefined): Promise<MetaRecord> {
    const access = this.#accessTo(info.key, signal);
    if (this.#cache !== undefined) return this.#cache.load(info, access);
    return access.decode(await access.fetch());
  }

  #accessTo(key: string, signal: AbortSignal | undefined): FileAccess<MetaRecord> {
    const meant = typeof key === 'string' ? parseMetaKey(key) : undefined;
    if (meant === undefined) throw invalidKey(key);
    const limits = { key, maxBytes: MAX_JSON_BYTES, signal };
    return {
      fetch: () => fetchFile(this.#storage, limits),
      decode: async (file) => decodeMeta(await gunzip(file, limits), key, meant),
      signal,
    };
  }
}

function invalidKey(key: unknown): Error {
  const shown = typeof key === 'string' ? JSON.stringify(key) : describeValue(key);
  const expected = `${META_PREFIX}{type}/[{category}/]{clusterId}/{modifyTs}${FILE_SUFFIX}`;
  const message = `must be the key of a metadata file, ${expected}, got ${shown}`;
  return invalidInput('Cannot read the metadata', 'key', message);
}
