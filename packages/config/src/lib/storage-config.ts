import type { DriverConfig, SecretValue, StorageDriver } from '@metering/core';
import type { OptionNames } from '@metering/core/building-blocks';
import type { AwsSection, AzureSection, LocalFsSection, OssSection } from './fields/sections.ts';

/** A bucket of S3, or of what speaks its protocol. */
export type S3Config = DriverConfig<AwsSection, 's3', 'aws'> & { readonly bucket: string };
/** A bucket of Alibaba Cloud OSS. */
export type OssConfig = DriverConfig<OssSection, 'oss'> & { readonly bucket: string };
/** A container of Azure Blob Storage; `bucket` is the container. */
export type AzureConfig = DriverConfig<AzureSection, 'azure'> & { readonly bucket: string };
/** A folder. */
export type LocalFsConfig = DriverConfig<LocalFsSection, 'localfs'> & NoBucket;

interface NoBucket {
  readonly region?: undefined;
  readonly bucket?: undefined;
  readonly endpoint?: undefined;
}

type BuiltInConfig = S3Config | OssConfig | AzureConfig | LocalFsConfig;

/** The types of storage that need no driver to be configured, only to be opened. */
export type BuiltInType = BuiltInConfig['type'];

/** The configuration that a third party's driver opens; nothing for a driver of a built-in type. */
type ConfigOfDriver<Driver> = Driver extends StorageDriver
  ? Driver['type'] extends BuiltInType
    ? never
    : OpenedBy<Driver>
  : never;

/** What its `open` takes, which need not say the type of it, or take anything at all. */
type OpenedBy<Driver extends StorageDriver> =
  Parameters<Driver['open']> extends readonly [infer Config, ...unknown[]]
    ? Config & { readonly type: Driver['type'] }
    : DriverConfig<unknown, Driver['type']>;

/**
 * A checked configuration: a union by `type` of the built-in ones and those of the drivers given. It has
 * the shape of a file with its keys in camelCase. Its secrets show as `***` wherever it is printed.
 */
export type StorageConfig<Drivers extends readonly StorageDriver[] = readonly []> =
  | BuiltInConfig
  | ConfigOfDriver<Drivers[number]>;

/** A configuration as it is typed: secrets may be plain text, what has a default may be left out. */
export type StorageConfigInput<Drivers extends readonly StorageDriver[] = readonly []> =
  | Typed<S3Config>
  | Typed<OssConfig>
  | Typed<AzureConfig>
  | Typed<DriverConfig<Partial<LocalFsSection>, 'localfs'> & NoBucket>
  | Typed<ConfigOfDriver<Drivers[number]>>;

type Typed<Value> = Value extends SecretValue
  ? string | SecretValue
  : Value extends object
    ? { readonly [Name in keyof Value]: Typed<Value[Name]> }
    : Value;

/** Which third parties' drivers to reckon with beside the built-in types. */
export interface DriversOption<Drivers extends readonly StorageDriver[] = readonly []> {
  /** Default: none. Drivers of built-in types may be among them. */
  readonly drivers?: Drivers | undefined;
}

/** Its names. */
export const DRIVERS_OPTION: OptionNames<DriversOption> = { drivers: true };
