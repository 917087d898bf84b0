import type { StorageDriver } from '@metering/core';
import { checkDrivers } from './check-driver.ts';
import type { Field } from './field.ts';
import { AWS_FIELDS, AZURE_FIELDS, LOCALFS_FIELDS, OSS_FIELDS } from './sections.ts';
import { SHARED_NAMES, type SharedName } from './shared-fields.ts';

/** What is known of a type of storage: all that reading, checking and writing a configuration needs. */
export interface Backend {
  readonly type: string;
  /** The first one is what `toUri` writes. */
  readonly schemes: readonly string[];
  readonly sectionName: string;
  /** The options of the section. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The shared options that mean something to it. */
  readonly sharedNames: readonly SharedName[];
  readonly requiresBucket: boolean;
  /** What a URI names before its parameters: a bucket and a prefix, or a folder. */
  readonly uriNames: 'bucket' | 'folder';
}

const cloud = { sharedNames: SHARED_NAMES, requiresBucket: true, uriNames: 'bucket' } as const;

const BUILT_IN: readonly Backend[] = [
  { ...cloud, type: 's3', schemes: ['s3'], sectionName: 'aws', fields: fieldMap(AWS_FIELDS) },
  { ...cloud, type: 'oss', schemes: ['oss'], sectionName: 'oss', fields: fieldMap(OSS_FIELDS) },
  {
    ...cloud,
    type: 'azure',
    schemes: ['azure', 'azblob'],
    sectionName: 'azure',
    fields: fieldMap(AZURE_FIELDS),
  },
  {
    type: 'localfs',
    schemes: ['localfs', 'file'],
    sectionName: 'localfs',
    fields: fieldMap(LOCALFS_FIELDS),
    sharedNames: ['prefix', 'sharedPoolId'],
    requiresBucket: false,
    uriNames: 'folder',
  },
];

/** The types of storage at hand: the built-in ones and those that drivers bring. */
export class Backends {
  readonly #byType = new Map<string, Backend>();
  readonly #byScheme = new Map<string, Backend>();

  /** @throws TypeError for a driver that cannot stand beside the others. */
  constructor(drivers: readonly StorageDriver[]) {
    for (const backend of BUILT_IN) this.#add(backend);
    checkDrivers(drivers, BUILT_IN);
    for (const driver of drivers) if (!this.#byType.has(driver.type)) this.#add(fromDriver(driver));
  }

  get types(): readonly string[] {
    return [...this.#byType.keys()];
  }

  get schemes(): readonly string[] {
    return [...this.#byScheme.keys()];
  }

  ofType(type: string): Backend | undefined {
    return this.#byType.get(type);
  }

  ofScheme(scheme: string): Backend | undefined {
    return this.#byScheme.get(scheme);
  }

  all(): readonly Backend[] {
    return [...this.#byType.values()];
  }

  #add(backend: Backend): void {
    this.#byType.set(backend.type, backend);
    for (const scheme of backend.schemes) this.#byScheme.set(scheme, backend);
  }
}

function fromDriver(driver: StorageDriver): Backend {
  return {
    ...cloud,
    type: driver.type,
    schemes: driver.schemes ?? [driver.type],
    sectionName: driver.type,
    fields: fieldMap(driver.section ?? {}),
    requiresBucket: driver.requiresBucket ?? false,
  };
}

function fieldMap(fields: Readonly<Record<string, Field>>): ReadonlyMap<string, Field> {
  return new Map(Object.entries(fields));
}
