/** How data is compressed. */
export interface GzipOptions {
  /** Of zlib, 0 (none) to 9 (smallest). */
  readonly level: number;
  readonly compression: Compression;
}

/** `auto`: not by zlib where that pays. `zlib`: always by zlib, which alone has levels. */
export type Compression = 'auto' | 'zlib';
