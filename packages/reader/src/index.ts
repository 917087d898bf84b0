export type { MetaCacheOptions } from './lib/metadata/meta-cache.ts';
export type { MetaRecord } from './lib/metadata/meta-codec.ts';
export type { MetaQuery, VersionsQuery } from './lib/metadata/meta-query.ts';
export {
  createMetaReader,
  type MetaReader,
  type MetaReaderOptions,
  type MetaVersion,
} from './lib/metadata/meta-reader.ts';
export type { MeteringPage } from './lib/pages/decode-page.ts';
export {
  createMeteringReader,
  type MeteringReader,
  type MeteringReaderOptions,
  type PageReference,
  type ReadResult,
} from './lib/pages/metering-reader.ts';
export type { PageInfo, PageQuery, SkippedKey } from './lib/pages/page-listing.ts';
