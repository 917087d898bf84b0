export { configFromEnv } from './lib/config-from-env.ts';
export { defineConfig } from './lib/define-config.ts';
export { Secret } from './lib/fields/secret.ts';
export type {
  AwsSection,
  AzureSection,
  LocalFsSection,
  OssSection,
} from './lib/fields/sections.ts';
export { configJsonSchema, type JsonSchema } from './lib/json-schema.ts';
export { type LoadConfigOptions, loadConfig } from './lib/load-config.ts';
export {
  type OpenedMetering,
  type OpenStorageOptions,
  openMetering,
  openStorage,
} from './lib/open-storage.ts';
export { type ConfigFormat, type ParseConfigOptions, parseConfig } from './lib/parse-config.ts';
export type {
  AzureConfig,
  BuiltInType,
  DriversOption,
  LocalFsConfig,
  OssConfig,
  S3Config,
  StorageConfig,
  StorageConfigInput,
} from './lib/storage-config.ts';
export type { Environment } from './lib/text/interpolate.ts';
export { parseUri } from './lib/uri/parse-uri.ts';
export { type ToUriOptions, toUri } from './lib/uri/to-uri.ts';
