import type { Observers } from '../observers.ts';
import type { StorageProvider } from './storage-provider.ts';

/** Text that shows itself only when asked; printed in any other way it is `***`. */
export interface SecretValue {
  /** The text itself. */
  reveal(): string;
}

/** How one option of a backend's section is read from a file, a URI or an object. */
export interface SectionField {
  /** `secret`: text that is never shown. `octal`: a file mode in a string, such as `"0755"`. */
  readonly type: 'string' | 'secret' | 'boolean' | 'integer' | 'octal';
  /** What it means, for editors. */
  readonly description?: string | undefined;
  /** Whether a configuration without it is an error. Default false. */
  readonly required?: boolean | undefined;
  /** Other options of the section, without which this one has no effect and is an error. Default: none. */
  readonly requires?: readonly string[] | undefined;
  /** The smallest integer. Default 0. */
  readonly minimum?: number | undefined;
  /** The largest integer. Default 2^53 - 1. */
  readonly maximum?: number | undefined;
  /** Its names as a URI's parameter, the first one wins. Default: none, it cannot be in a URI. */
  readonly parameters?: readonly string[] | undefined;
}

type FieldType<Value> = Value extends boolean
  ? 'boolean'
  : Value extends number
    ? 'integer'
    : Value extends string
      ? 'string' | 'octal'
      : 'secret';

/**
 * A backend's section: its options by their camelCase names. Files spell them in kebab-case. An option
 * that is not optional in the section's type is `required: true` here.
 */
export type SectionSchema<Section> = {
  readonly [Name in keyof Section & string]-?: SectionField & {
    readonly type: FieldType<NonNullable<Section[Name]>>;
  } & (undefined extends Section[Name]
      ? { readonly required?: false | undefined }
      : { readonly required: true });
};

/** What a driver gets beside the configuration. */
export interface DriverContext extends Observers {
  readonly signal?: AbortSignal | undefined;
}

/** What every configuration may hold, whatever its backend. */
export interface SharedConfig {
  readonly region?: string | undefined;
  /** The bucket; on Azure the container. */
  readonly bucket?: string | undefined;
  /** What all keys begin with. The caller of a driver applies it, the driver does not. */
  readonly prefix?: string | undefined;
  readonly endpoint?: string | undefined;
  /** The shared pool that usage belongs to; for the writer. */
  readonly sharedPoolId?: string | undefined;
}

/**
 * A checked configuration of one type: the fields that all backends share, and its section under the
 * section's name, absent when no option of it is given.
 */
export type DriverConfig<
  Section = unknown,
  Type extends string = string,
  SectionName extends string = Type,
> = SharedConfig & { readonly type: Type } & SectionPart<Section, SectionName>;

/** Optional where all options of the section are; nothing where the section's name is unknown. */
type SectionPart<Section, Name extends string> = string extends Name
  ? unknown
  : object extends Section
    ? { readonly [Key in Name]?: Section | undefined }
    : { readonly [Key in Name]: Section };

/**
 * What a storage package exports for `@metering/config`: how a configuration of its type is opened.
 * The section of a third party's driver stands in a configuration under the type's name. The built-in
 * types (`s3` with the section `aws`, `oss`, `azure`, `localfs`) are known there: their drivers bring no schema.
 */
export interface StorageDriver<
  Section = unknown,
  Type extends string = string,
  SectionName extends string = Type,
> {
  /** What `type` says in a configuration. Lower case. */
  readonly type: Type;
  /** URI schemes without `:`, in lower case. Default: the type. */
  readonly schemes?: readonly string[] | undefined;
  /** The schema of its section. Default: it has none. */
  readonly section?: SectionSchema<Section> | undefined;
  /** Whether a configuration without a bucket is an error. Default false. */
  readonly requiresBucket?: boolean | undefined;
  /** Opens the storage. The prefix is none of its business: the caller applies it. */
  open(
    config: DriverConfig<Section, Type, SectionName>,
    context: DriverContext,
  ): Promise<StorageProvider>;
}
