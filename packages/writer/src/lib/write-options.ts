import type { CallOptions } from '@metering/core';
import type { OptionNames } from '@metering/core/building-blocks';

/** Of gzip: what most tools use. */
export const DEFAULT_COMPRESSION_LEVEL = 6;

/** What a call of `write` takes. */
export interface WriteOptions extends CallOptions {
  /** Replace what is stored. Default: the writer's setting. */
  readonly overwrite?: boolean | undefined;
}

/** Their names. */
export const WRITE_OPTIONS: OptionNames<WriteOptions> = { overwrite: true, signal: true };
