import type { MeteringKey } from '@metering/core';
import type { GunzipOptions } from '../gzip/gunzip.ts';

/** Which page a file is, and how much of it may be read. */
export interface PageToRead extends GunzipOptions {
  /** What the page's key says. */
  readonly meant: MeteringKey;
}
