import type { Logger } from '../logger.ts';
import type { StorageProvider } from './storage-provider.ts';

/** How one option of a backend's section is read from a file, a URI or an object. */
export interface SectionField {
  /** `secret`: text that is never shown. `octal`: a file mode such as `"0755"`. */
  readonly type: 'string' | 'secret' | 'boolean' | 'integer' | 'octal';
  /** What it means, for editors. */
  readonly description?: string | undefined;
  /** Its names as a URI's parameter, the first one wins. Default: none, it cannot be in a URI. */
  readonly parameters?: readonly string[] | undefined;
}

/** A backend's section: its options by their camelCase names. Files spell them in kebab-case. */
export type SectionSchema<Section> = {
  readonly [Name in keyof Section & string]-?: SectionField;
};

/** What a driver gets beside the configuration. */
export interface DriverContext {
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
}

/**
 * What a storage package exports for `@metering/config`: how a configuration of its type is opened. A
 * third party's driver brings its URI schemes and the schema of its section; ours are known there.
 */
export interface StorageDriver<Section = unknown, Type extends string = string> {
  /** What `type` says in a configuration; also the name of its section. */
  readonly type: Type;
  /** URI schemes without `:`, in lower case. Default: the type. */
  readonly schemes?: readonly string[] | undefined;
  readonly section?: SectionSchema<Section> | undefined;
  /** Opens the storage. The prefix is none of its business: the caller applies it. */
  open(config: DriverConfig<Section, Type>, context: DriverContext): Promise<StorageProvider>;
}

/** What a driver opens: the fields that every backend shares, and its own section under its type. */
export interface DriverConfig<Section = unknown, Type extends string = string> {
  readonly type: Type;
  readonly region?: string | undefined;
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly sharedPoolId?: string | undefined;
  /** The driver's own section, checked against its schema. */
  readonly section: Section;
}
