export {
  type ConformanceOptions,
  runStorageConformance,
} from './lib/run-storage-conformance.ts';
export type { StorageHarness } from './lib/storage-harness.ts';
