export {
  createMetaWriter,
  type MetaWriteResult,
  type MetaWriter,
  type MetaWriterOptions,
} from './lib/meta-writer.ts';
export {
  createMeteringWriter,
  type MeteringWriter,
  type MeteringWriterOptions,
  type WriteResult,
} from './lib/metering-writer.ts';
export type { WriteOptions } from './lib/write-options.ts';
