import type { SharedConfig } from '@metering/core';
import { identifierProblem, objectKeyProblem } from '@metering/core/building-blocks';
import { ENDPOINT } from './endpoint.ts';
import type { Field } from './field.ts';

/** An option that does not depend on the backend. */
export type SharedName = keyof SharedConfig;

/** The options that every backend shares, in the order in which they are written. */
export const SHARED_FIELDS: Readonly<Record<SharedName, Field>> = {
  region: {
    type: 'string',
    description: 'The region of the bucket, such as us-west-2 or oss-cn-hangzhou.',
    parameters: ['region-id', 'region'],
  },
  bucket: {
    type: 'string',
    description: 'The bucket; on Azure the container.',
    expected: segmentExpected,
  },
  prefix: {
    type: 'string',
    description: 'What all keys begin with, without a slash in front.',
    parameters: ['prefix'],
    expected: prefixExpected,
  },
  endpoint: {
    ...ENDPOINT,
    description: 'The URL of a service that is not the default one, such as MinIO.',
    parameters: ['endpoint'],
  },
  sharedPoolId: {
    type: 'string',
    description: 'The shared pool that usage belongs to. Default: default-shared-pool.',
    parameters: ['shared-pool-id'],
    expected: segmentExpected,
  },
};

export const SHARED_NAMES = Object.keys(SHARED_FIELDS) as readonly SharedName[];

function segmentExpected(text: string): string | undefined {
  if (identifierProblem(text) === undefined) return undefined;
  return 'a name without "/", "\\" and control characters';
}

function prefixExpected(prefix: string): string | undefined {
  const problem = objectKeyProblem(prefix === '/' ? prefix : prefix.replace(/\/$/, ''));
  if (problem === undefined) return undefined;
  if (!problem.includes('/')) return `text that keys can begin with (${problem})`;
  return `a path such as a/b, without slashes at its beginning or side by side (the Go SDK keeps them, so it may have written files there)`;
}
