import type { StorageDriver } from '@metering/core';
import type { Field } from '../fields/field.ts';
import { AWS_FIELDS, AZURE_FIELDS, LOCALFS_FIELDS, OSS_FIELDS } from '../fields/sections.ts';
import { SHARED_NAMES, type SharedName } from '../fields/shared-fields.ts';

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

/** The types of storage whose options are known here. */
export const BUILT_IN: readonly Backend[] = [
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

/** What a third party's driver says of its type. */
export function fromDriver(driver: StorageDriver): Backend {
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
