import type { DriverConfig, SecretValue, StorageDriver } from '@metering/core';
import { checkOptionNames } from '@metering/core/building-blocks';
import { OSS_OPTIONS, type OssStorageOptions } from './oss-options.ts';
import { createOssStorage } from './oss-storage.ts';

/** The section `oss` of a configuration: a role, or keys of its own. */
export interface OssSection
  extends Pick<
    OssStorageOptions,
    'assumeRoleArn' | 'externalId' | 'sessionName' | 'durationSeconds' | 'stsEndpoint'
  > {
  readonly accessKey?: string | undefined;
  readonly secretAccessKey?: SecretValue | undefined;
  readonly sessionToken?: SecretValue | undefined;
}

/** What a driver may be given in code: everything but what a configuration names. */
export type OssDriverOptions = Partial<Omit<OssStorageOptions, 'bucket'>>;

/**
 * A driver that opens buckets with options of its own (a client, say); where a configuration says the
 * same thing, that goes first.
 *
 * @throws TypeError for an option that there is not.
 */
export function createOssDriver(options: OssDriverOptions = {}): StorageDriver<OssSection, 'oss'> {
  const { bucket: _bucket, ...names } = OSS_OPTIONS;
  checkOptionNames('createOssDriver', options, names);
  return {
    type: 'oss',
    schemes: ['oss'],
    requiresBucket: true,
    open: async (config, { logger, onEvent }) =>
      createOssStorage({
        ...options,
        ...(logger && { logger }),
        ...(onEvent && { onEvent }),
        ...toOptions(config),
      }),
  };
}

/** Opens a bucket for a configuration of type `oss`; for `openStorage` of `@metering/config`. */
export const ossDriver: StorageDriver<OssSection, 'oss'> = /* @__PURE__ */ createOssDriver();

function toOptions({ bucket = '', region, endpoint, oss = {} }: DriverConfig<OssSection, 'oss'>) {
  const { accessKey, secretAccessKey, sessionToken, ...role } = oss;
  const credentials =
    accessKey === undefined || secretAccessKey === undefined
      ? undefined
      : {
          accessKeyId: accessKey,
          accessKeySecret: secretAccessKey.reveal(),
          securityToken: sessionToken?.reveal(),
        };
  const said = { region, endpoint, credentials, ...role };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  return { bucket, ...Object.fromEntries(given) };
}
