export type { MeteringPage } from './lib/decode-page.ts';
export type { MetaCacheOptions } from './lib/meta-cache.ts';
export type { MetaRecord } from './lib/meta-codec.ts';
export type { MetaQuery, VersionsQuery } from './lib/meta-query.ts';
export {
  createMetaReader,
  type MetaReader,
  type MetaReaderOptions,
  type MetaVersion,
} from './lib/meta-reader.ts';
export {
  createMeteringReader,
  type MeteringReader,
  type MeteringReaderOptions,
  type PageReference,
  type ReadResult,
} from './lib/metering-reader.ts';
export type { PageInfo, PageQuery, SkippedKey } from './lib/page-listing.ts';
