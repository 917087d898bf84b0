import {
  type CallOptions,
  exists,
  isStorageError,
  type Logger,
  type MetaData,
  metaKey,
  parseJson,
  type StorageProvider,
  validateMetaData,
  type WriteOutcome,
} from '@metering/core';
import { abortable, IssueList, type OptionNames } from '@metering/core/building-blocks';
import { checkOptions, takeOptions } from './check-options.ts';
import { checkSpelling } from './check-spelling.ts';
import { GzipMember } from './gzip/gzip-member.ts';
import { metaBody } from './meta-body.ts';
import { checkMetaSize } from './page-limit.ts';
import { createObject } from './stored/create-object.ts';
import { jsonEqual } from './stored/json-equal.ts';
import type { StoredJson } from './stored/stored-equal.ts';
import { DEFAULT_COMPRESSION_LEVEL, WRITE_OPTIONS, type WriteOptions } from './write-options.ts';

const NOTHING = new Uint8Array();

/** Where metadata goes, and how. */
export interface MetaWriterOptions {
  /** Where the files go. */
  readonly storage: StorageProvider;
  /** Replace what is stored. Default false: what is stored must say the same. */
  readonly overwrite?: boolean | undefined;
  /** Of gzip, 0 (none) to 9 (smallest). Default 6. */
  readonly compressionLevel?: number | undefined;
  /** Default: nothing is logged. */
  readonly logger?: Logger | undefined;
}

const OPTIONS: OptionNames<MetaWriterOptions> = {
  storage: true,
  overwrite: true,
  compressionLevel: true,
  logger: true,
};

const DATA: OptionNames<MetaData> = {
  clusterId: true,
  type: true,
  category: true,
  modifyTs: true,
  metadata: true,
};

/** Where metadata was written, and what that came to. */
export interface MetaWriteResult {
  readonly key: string;
  readonly outcome: WriteOutcome;
}

/** Writes versions of metadata. */
export interface MetaWriter {
  /**
   * Writes what is true of a cluster or a shared pool from `modifyTs` on. To write the same again is
   * safe. `category: ''` means none.
   *
   * @throws ValidationError for bad data, naming every place; StorageError, such as `ALREADY_EXISTS`
   *   when other metadata is stored there; TypeError for bad options; the signal's reason.
   */
  write(data: MetaData, options?: WriteOptions): Promise<MetaWriteResult>;
}

/**
 * Makes a writer of metadata.
 *
 * @throws TypeError for bad options.
 */
export function createMetaWriter(options: MetaWriterOptions): MetaWriter {
  return new FileWriter(takeOptions('createMetaWriter', options, OPTIONS));
}

class FileWriter implements MetaWriter {
  readonly #options: MetaWriterOptions;

  constructor(options: MetaWriterOptions) {
    this.#options = options;
  }

  async write(data: MetaData, options: WriteOptions = {}): Promise<MetaWriteResult> {
    checkOptions('write', options, WRITE_OPTIONS);
    const { overwrite = this.#options.overwrite ?? false, signal } = options;
    signal?.throwIfAborted();
    checkNames(data);
    validateMetaData(data);
    // Read once, for the key and the file to say the same: an accessor may give another time each time.
    const { clusterId, type, category, modifyTs, metadata } = data;
    const file = { clusterId, type, category, modifyTs, metadata };
    const key = metaKey(file);
    const json = Buffer.from(metaBody(file));
    checkMetaSize(json.length);
    const outcome = await abortable(this.#store(key, json, overwrite, { signal }), signal);
    this.#options.logger?.info({ key, outcome }, 'Wrote a metadata file');
    return { key, outcome };
  }

  async #store(
    key: string,
    json: Uint8Array,
    overwrite: boolean,
    call: CallOptions,
  ): Promise<WriteOutcome> {
    const { storage, compressionLevel = DEFAULT_COMPRESSION_LEVEL } = this.#options;
    const member = new GzipMember({ level: compressionLevel, compression: 'zlib' }, [NOTHING]);
    await member.add(json);
    const body = await member.finish(0, NOTHING);
    call.signal?.throwIfAborted();
    if (overwrite) return replaceObject(storage, key, body, call);
    return createObject(storage, { key, body, sameJson: fileEqual }, call);
  }
}

function checkNames(data: MetaData): void {
  const issues = new IssueList();
  checkSpelling(data, DATA, issues);
  issues.throwIfAny('Invalid metadata');
}

function fileEqual({ key, stored, ours }: StoredJson): boolean {
  return jsonEqual(parseJson(stored, { key }), parseJson(ours, { key }));
}

/** Stores an object whatever is there, and says whether anything was. */
async function replaceObject(
  storage: StorageProvider,
  key: string,
  body: Uint8Array,
  call: CallOptions,
): Promise<'created' | 'overwritten'> {
  let existed = true;
  try {
    await storage.put(key, body, { ...call, mode: 'create' });
    return 'created';
  } catch (error) {
    if (isStorageError(error, 'UNSUPPORTED')) existed = await exists(storage, key, call);
    else if (!isStorageError(error, 'ALREADY_EXISTS')) throw error;
  }
  await storage.put(key, body, { ...call, mode: 'overwrite' });
  return existed ? 'overwritten' : 'created';
}
