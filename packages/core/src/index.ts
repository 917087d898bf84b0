export {
  ConfigError,
  type ConfigErrorCode,
  type ConfigErrorInit,
} from './lib/errors/config-error.ts';
export {
  FormatError,
  type FormatErrorCode,
  type FormatErrorInit,
} from './lib/errors/format-error.ts';
export {
  isMeteringError,
  MeteringError,
  type MeteringErrorInit,
  type MeteringErrorName,
} from './lib/errors/metering-error.ts';
export {
  PartialWriteError,
  type PartialWriteErrorInit,
  type WriteOutcome,
  type WrittenPage,
} from './lib/errors/partial-write-error.ts';
export {
  isStorageError,
  StorageError,
  type StorageErrorCode,
  type StorageErrorInit,
  type StorageOperation,
} from './lib/errors/storage-error.ts';
export {
  ValidationError,
  type ValidationErrorInit,
  type ValidationIssue,
  type ValidationIssueCode,
} from './lib/errors/validation-error.ts';
export type { JsonValue, MeteringRecord } from './lib/json/json-value.ts';
export { type ParseJsonOptions, parseJson } from './lib/json/parse-json.ts';
export { stringifyJson } from './lib/json/stringify-json.ts';
export {
  META_TYPES,
  type MetaKey,
  type MetaType,
  metaKey,
  parseMetaKey,
} from './lib/keys/meta-key.ts';
export {
  DEFAULT_SHARED_POOL_ID,
  type MeteringKey,
  meteringKey,
  parseMeteringKey,
} from './lib/keys/metering-key.ts';
export { floorToMinute } from './lib/keys/timestamp.ts';
export type { Logger, LogMethod } from './lib/logger.ts';
export type { CacheEvent, MeteringEvent, Observers, RetryEvent } from './lib/observers.ts';
export { defineStorageProvider } from './lib/storage/define-storage-provider.ts';
export { exists } from './lib/storage/exists.ts';
export { createMemoryStorage } from './lib/storage/memory-storage.ts';
export {
  type ProbeCheck,
  type ProbeOptions,
  type ProbeReport,
  probeStorage,
} from './lib/storage/probe-storage.ts';
export type {
  BackendOptions,
  ErrorClass,
  ErrorContext,
  StorageBackend,
} from './lib/storage/storage-backend.ts';
export type {
  DriverConfig,
  DriverContext,
  SecretValue,
  SectionField,
  SectionSchema,
  SharedConfig,
  StorageDriver,
} from './lib/storage/storage-driver.ts';
export { StorageFault } from './lib/storage/storage-fault.ts';
export type {
  CallOptions,
  GetOptions,
  ListQuery,
  ObjectInfo,
  PutMode,
  PutOptions,
  PutResult,
  StorageCapabilities,
  StorageProvider,
} from './lib/storage/storage-provider.ts';
export { withPrefix } from './lib/storage/with-prefix.ts';
export { type RetryPolicy, withRetry } from './lib/storage/with-retry.ts';
export { type MetaData, validateMetaData } from './lib/validation/meta-data.ts';
export { type MeteringData, validateMeteringData } from './lib/validation/metering-data.ts';
