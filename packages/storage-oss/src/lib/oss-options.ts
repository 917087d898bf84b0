import type { Observers } from '@metering/core';
import {
  checkObservers,
  checkOptionNames,
  describeValue,
  type OptionNames,
} from '@metering/core/building-blocks';
import type { OssClientLike } from './oss-client.ts';
import { parseEndpoint } from './parse-endpoint.ts';

/** Keys to sign requests with. */
export interface OssCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a session. */
  readonly securityToken?: string | undefined;
  /** When they end. Without it a function is asked again every five minutes. */
  readonly expiration?: Date | undefined;
}

/** A fixed set, or a function that gives one; it is asked again before they expire. */
export type OssCredentialSource = OssCredentials | (() => Promise<OssCredentials>);

/** The observers are told of calls that are made again. */
export interface OssStorageOptions extends Observers {
  readonly bucket: string;
  /** `cn-hangzhou` or `oss-cn-hangzhou`, with or without `-internal`. Default: the one that `endpoint` names. */
  readonly region?: string | undefined;
  /** Another address, with or without `https://`. Default: the region's. Plain `http://` must be said. */
  readonly endpoint?: string | undefined;
  /** Over the region's internal network. Default: whether `region` says so. */
  readonly internal?: boolean | undefined;
  /** The endpoint is a domain that is bound to the bucket. Default false. */
  readonly cname?: boolean | undefined;
  /** Default: the chain of `@alicloud/credentials` (environment, RRSA, profile, ECS role). */
  readonly credentials?: OssCredentialSource | undefined;
  /** A role to take on, with whatever credentials there are. */
  readonly assumeRoleArn?: string | undefined;
  /** What the role's trust policy asks for. */
  readonly externalId?: string | undefined;
  /** How the session appears in the audit log. Default `metering`. */
  readonly sessionName?: string | undefined;
  /** How long a session lasts, from 900. Default 3,600. */
  readonly durationSeconds?: number | undefined;
  /** With or without `https://`. Default: the region's, `https://sts.{region}.aliyuncs.com`. */
  readonly stsEndpoint?: string | undefined;
  /**
   * A ready `ali-oss` client instead of all options above but `bucket`. An abort then rejects, but does
   * not end the request, and a `get` beyond `maxBytes` is read whole.
   */
  readonly client?: OssClientLike | undefined;
  /**
   * Vouches for (true) or denies (false) that the bucket has no versioning, with which `create` would
   * replace what is there. Default: asked once, which needs `oss:GetBucketVersioning`.
   */
  readonly exclusiveCreate?: boolean | undefined;
  /** Certificates in PEM to trust instead of Node's, for an endpoint with a CA of its own. */
  readonly certificateAuthority?: string | Uint8Array | undefined;
  /** Between two signs of life of the server. Default 30,000. */
  readonly requestTimeoutMs?: number | undefined;
  /** How often a call is made at the most that fails in a way that may pass. Default 5. */
  readonly attempts?: number | undefined;
  /** Requests under way at once; more wait. Default 16. */
  readonly concurrency?: number | undefined;
}

/** Their names. */
export const OSS_OPTIONS: OptionNames<OssStorageOptions> = {
  bucket: true,
  region: true,
  endpoint: true,
  internal: true,
  cname: true,
  credentials: true,
  assumeRoleArn: true,
  externalId: true,
  sessionName: true,
  durationSeconds: true,
  stsEndpoint: true,
  client: true,
  exclusiveCreate: true,
  certificateAuthority: true,
  requestTimeoutMs: true,
  attempts: true,
  concurrency: true,
  logger: true,
  onEvent: true,
};

const CLIENT_EXCLUDES = [
  'region',
  'endpoint',
  'internal',
  'cname',
  'credentials',
  'assumeRoleArn',
  'externalId',
  'sessionName',
  'durationSeconds',
  'stsEndpoint',
  'certificateAuthority',
  'requestTimeoutMs',
] as const satisfies readonly (keyof OssStorageOptions)[];

/** More than OSS allows in a name, but no path and no URL. */
const BUCKET_NAME = /^[a-z0-9_-]+$/;

const ROLE_DETAILS = ['externalId', 'sessionName', 'durationSeconds', 'stsEndpoint'] as const;

/** @throws TypeError naming the option that cannot be. */
export function checkOssOptions(options: OssStorageOptions): void {
  checkOptionNames('createOssStorage', options, OSS_OPTIONS);
  const { bucket, client, assumeRoleArn } = options;
  if (typeof bucket !== 'string' || bucket === '') {
    throw new TypeError(`createOssStorage: bucket is required, got ${describeValue(bucket)}`);
  }
  if (!BUCKET_NAME.test(bucket)) {
    throw new TypeError(
      `createOssStorage: bucket must be a name of lower-case letters, digits and hyphens, got ${describeValue(bucket)}; for a path in it use withPrefix`,
    );
  }
  const clash = client && CLIENT_EXCLUDES.find((name) => options[name] !== undefined);
  if (clash !== undefined) {
    throw new TypeError(`createOssStorage: ${clash} has no effect beside client; leave out one`);
  }
  checkClientBucket(bucket, client?.options);
  const orphan = ROLE_DETAILS.find((name) => options[name] !== undefined);
  if (assumeRoleArn === undefined && orphan !== undefined) {
    throw new TypeError(`createOssStorage: ${orphan} needs assumeRoleArn`);
  }
  if (options.stsEndpoint !== undefined) parseEndpoint('stsEndpoint', options.stsEndpoint);
  checkCredentials(options.credentials);
  checkNumber('durationSeconds', options.durationSeconds, 900);
  checkNumber('requestTimeoutMs', options.requestTimeoutMs, 1);
  checkNumber('attempts', options.attempts, 1);
  checkNumber('concurrency', options.concurrency, 1);
  checkObservers('createOssStorage', options);
}

function checkClientBucket(
  bucket: string,
  options: { readonly bucket?: unknown } | undefined,
): void {
  if (options === undefined || options.bucket === bucket) return;
  throw new TypeError(
    `createOssStorage: client is for the bucket ${describeValue(options.bucket)}, not for ${describeValue(bucket)}`,
  );
}

function checkCredentials(credentials: OssCredentialSource | undefined): void {
  if (credentials === undefined || typeof credentials === 'function') return;
  for (const name of ['accessKeyId', 'accessKeySecret'] as const) {
    if (typeof credentials[name] === 'string' && credentials[name] !== '') continue;
    throw new TypeError(`createOssStorage: credentials.${name} is required`);
  }
}

function checkNumber(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least)) return;
  throw new TypeError(
    `createOssStorage: ${name} must be an integer from ${least}, got ${describeValue(value)}`,
  );
}
