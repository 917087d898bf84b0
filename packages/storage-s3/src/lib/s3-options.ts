import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Observers } from '@metering/core';
import {
  checkObservers,
  checkOptionNames,
  describeValue,
  type OptionNames,
} from '@metering/core/building-blocks';

/** Keys to sign requests with. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When they end. Without it a function is asked again every five minutes. */
  readonly expiration?: Date | undefined;
}

/** A fixed set, or a function that gives one; it is asked again before they expire. */
export type S3CredentialSource = S3Credentials | (() => Promise<S3Credentials>);

/** The calls of an `S3Client` that are made; any version of the SDK's third major fits. */
export interface S3ClientLike {
  /** Sends one of the commands of `@aws-sdk/client-s3`. */
  send(command: object, options?: { abortSignal?: AbortSignal }): Promise<object>;
}

/** The observers are told of calls that are made again. */
export interface S3StorageOptions extends Observers {
  readonly bucket: string;
  /** Default: the SDK's (`AWS_REGION`, the profile); with an `endpoint` else `us-east-1`. */
  readonly region?: string | undefined;
  /** The URL of an S3-compatible store. Default: Amazon's. */
  readonly endpoint?: string | undefined;
  /** `https://host/bucket` instead of `https://bucket.host`. Default false. */
  readonly forcePathStyle?: boolean | undefined;
  /** Default: the SDK's chain (environment, profile, container, instance). */
  readonly credentials?: S3CredentialSource | undefined;
  /** A role to take on, with whatever credentials there are. Needs `@aws-sdk/client-sts`. */
  readonly assumeRoleArn?: string | undefined;
  /** What the role's trust policy asks for. */
  readonly externalId?: string | undefined;
  /** How the session appears in the audit log. Default `metering`. */
  readonly sessionName?: string | undefined;
  /** How long a session lasts, from 900. Default 3,600, the longest that a chained role may. */
  readonly durationSeconds?: number | undefined;
  /** Default: `endpoint` unless that is Amazon's, else the region's. */
  readonly stsEndpoint?: string | undefined;
  /** Merged into the client's own configuration; the options above win. Works together with a role. */
  readonly clientConfig?: S3ClientConfig | undefined;
  /** A ready client instead of all options above but `bucket`. `close()` leaves it open. */
  readonly client?: S3ClientLike | undefined;
  /**
   * Vouches for (true) or denies (false) that the store honours `If-None-Match: *`. Default: known for
   * Amazon's endpoints; any other store is tried out at the first `create`.
   */
  readonly exclusiveCreate?: boolean | undefined;
  /** Certificates in PEM to trust besides none else, for an endpoint with a CA of its own. */
  readonly certificateAuthority?: string | Uint8Array | undefined;
  /** Default 5,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** For the answer to begin, and between two pieces of it. Default 30,000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Requests under way at once; more wait. Default 16. */
  readonly concurrency?: number | undefined;
}

/** Their names. */
export const S3_OPTIONS: OptionNames<S3StorageOptions> = {
  bucket: true,
  region: true,
  endpoint: true,
  forcePathStyle: true,
  credentials: true,
  assumeRoleArn: true,
  externalId: true,
  sessionName: true,
  durationSeconds: true,
  stsEndpoint: true,
  clientConfig: true,
  client: true,
  exclusiveCreate: true,
  certificateAuthority: true,
  connectTimeoutMs: true,
  requestTimeoutMs: true,
  concurrency: true,
  logger: true,
  onEvent: true,
};

const CLIENT_EXCLUDES = [
  'region',
  'endpoint',
  'forcePathStyle',
  'credentials',
  'assumeRoleArn',
  'externalId',
  'sessionName',
  'durationSeconds',
  'stsEndpoint',
  'clientConfig',
  'certificateAuthority',
  'connectTimeoutMs',
  'requestTimeoutMs',
] as const satisfies readonly (keyof S3StorageOptions)[];

const ROLE_DETAILS = ['externalId', 'sessionName', 'durationSeconds', 'stsEndpoint'] as const;

/** @throws TypeError naming the option that cannot be. */
export function checkS3Options(options: S3StorageOptions): void {
  checkOptionNames('createS3Storage', options, S3_OPTIONS);
  const { bucket, client, assumeRoleArn } = options;
  if (typeof bucket !== 'string' || bucket === '') {
    throw new TypeError(`createS3Storage: bucket is required, got ${describeValue(bucket)}`);
  }
  if (bucket.endsWith('--x-s3')) {
    throw new TypeError(
      `createS3Storage: ${bucket} is a directory bucket, which cannot list in order; use a general purpose bucket`,
    );
  }
  if (/[\s/]/.test(bucket) && !bucket.startsWith('arn:')) {
    throw new TypeError(
      `createS3Storage: bucket must be a name without a path, got ${describeValue(bucket)}; for a path in it use withPrefix`,
    );
  }
  if (options.region === '') {
    throw new TypeError('createS3Storage: region must not be empty; leave it out for the default');
  }
  if (client !== undefined) {
    const clash = CLIENT_EXCLUDES.find((name) => options[name] !== undefined);
    if (clash !== undefined) {
      throw new TypeError(`createS3Storage: ${clash} has no effect beside client; leave out one`);
    }
  }
  const orphan = ROLE_DETAILS.find((name) => options[name] !== undefined);
  if (assumeRoleArn === undefined && orphan !== undefined) {
    throw new TypeError(`createS3Storage: ${orphan} needs assumeRoleArn`);
  }
  checkEndpoint('endpoint', options.endpoint);
  checkEndpoint('stsEndpoint', options.stsEndpoint);
  checkCredentials(options.credentials);
  checkNumber('durationSeconds', options.durationSeconds, 900);
  checkNumber('connectTimeoutMs', options.connectTimeoutMs, 1);
  checkNumber('requestTimeoutMs', options.requestTimeoutMs, 1);
  checkNumber('concurrency', options.concurrency, 1);
  checkObservers('createS3Storage', options);
}

function checkEndpoint(name: string, endpoint: string | undefined): void {
  if (endpoint === undefined) return;
  if (/^https?:\/\//.test(endpoint) && URL.canParse(endpoint)) return;
  throw new TypeError(`createS3Storage: ${name} must be an http(s) URL`);
}

function checkCredentials(credentials: S3CredentialSource | undefined): void {
  if (credentials === undefined || typeof credentials === 'function') return;
  for (const name of ['accessKeyId', 'secretAccessKey'] as const) {
    if (typeof credentials[name] === 'string' && credentials[name] !== '') continue;
    throw new TypeError(`createS3Storage: credentials.${name} is required`);
  }
}

function checkNumber(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least)) return;
  throw new TypeError(
    `createS3Storage: ${name} must be an integer from ${least}, got ${describeValue(value)}`,
  );
}
