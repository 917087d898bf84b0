import type { DriverConfig, SecretValue, StorageDriver } from '@metering/core';
import { checkOptionNames } from '@metering/core/building-blocks';
import { S3_OPTIONS, type S3StorageOptions } from './s3-options.ts';
import { createS3Storage } from './s3-storage.ts';

/** The section `aws` of a configuration: a role, or keys of its own. */
export interface AwsSection
  extends Pick<
    S3StorageOptions,
    'assumeRoleArn' | 'externalId' | 'sessionName' | 'durationSeconds' | 'stsEndpoint'
  > {
  readonly s3ForcePathStyle?: boolean | undefined;
  readonly accessKey?: string | undefined;
  readonly secretAccessKey?: SecretValue | undefined;
  readonly sessionToken?: SecretValue | undefined;
}

/** What a driver may be given in code: everything but what a configuration names. */
export type S3DriverOptions = Partial<Omit<S3StorageOptions, 'bucket'>>;

/**
 * A driver that opens buckets with options of its own (a client, say); where a configuration says the
 * same thing, that goes first.
 *
 * @throws TypeError for an option that there is not.
 */
export function createS3Driver(
  options: S3DriverOptions = {},
): StorageDriver<AwsSection, 's3', 'aws'> {
  const { bucket: _bucket, ...names } = S3_OPTIONS;
  checkOptionNames('createS3Driver', options, names);
  return {
    type: 's3',
    schemes: ['s3'],
    requiresBucket: true,
    open: async (config, { logger, onEvent }) =>
      createS3Storage({
        ...options,
        ...(logger && { logger }),
        ...(onEvent && { onEvent }),
        ...toOptions(config),
      }),
  };
}

/** Opens a bucket for a configuration of type `s3`; for `openStorage` of `@metering/config`. */
export const s3Driver: StorageDriver<AwsSection, 's3', 'aws'> = /* @__PURE__ */ createS3Driver();

function toOptions({
  bucket = '',
  region,
  endpoint,
  aws = {},
}: DriverConfig<AwsSection, 's3', 'aws'>) {
  const {
    s3ForcePathStyle: forcePathStyle,
    accessKey,
    secretAccessKey,
    sessionToken,
    ...role
  } = aws;
  const credentials =
    accessKey === undefined || secretAccessKey === undefined
      ? undefined
      : {
          accessKeyId: accessKey,
          secretAccessKey: secretAccessKey.reveal(),
          sessionToken: sessionToken?.reveal(),
        };
  const said = { region, endpoint, forcePathStyle, credentials, ...role };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  return { bucket, ...Object.fromEntries(given) };
}
