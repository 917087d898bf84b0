export {
  createMetaReader,
  type MetaReader,
  type MetaReaderOptions,
  type MetaVersion,
} from './lib/meta-reader.ts';
export type { MetaCacheOptions } from './lib/metadata/meta-cache.ts';
export type { MetaRecord } from './lib/metadata/meta-codec.ts';
export type { MetaQuery, VersionsQuery } from './lib/metadata/meta-query.ts';
export {
  createMeteringReader,
  type MeteringReader,
  type MeteringReaderOptions,
  type PageReference,
  type ReadResult,
} from './lib/metering-reader.ts';
export type { PageFilter } from './lib/page-filter.ts';
export type { MeteringPage } from './lib/pages/decode-page.ts';
export type { SetIdentity } from './lib/pages/listed-sets.ts';
export type { PageInfo, PageQuery, SkippedKey } from './lib/pages/page-listing.ts';
export type { FollowCheckpoint } from './lib/ranges/follow/checkpoint.ts';
export type { FollowQuery } from './lib/ranges/follow/follow-query.ts';
export type { Following } from './lib/ranges/follow/following.ts';
export type { MinuteRange } from './lib/ranges/follow/minute-ranges.ts';
export type { Gap } from './lib/ranges/gaps.ts';
export type { PageSet, SetStatus } from './lib/ranges/page-set.ts';
export type { IncompleteSets, RangeQuery } from './lib/ranges/range-query.ts';
export type { RangeRecord } from './lib/ranges/records.ts';
export type { SetWriter } from './lib/ranges/set-writer.ts';
export type {
  Totals,
  TotalsGroup,
  TotalsQuery,
  TotalsRow,
  TotalsSets,
} from './lib/ranges/totals/totals.ts';
