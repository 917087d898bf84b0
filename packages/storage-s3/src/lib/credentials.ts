import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { StorageFault } from '@metering/core';
import { type Expiring, renewing } from '@metering/core/building-blocks';
import { isAmazonHost } from './amazon-host.ts';
import { credentialsFault, RoleError } from './credentials-fault.ts';
import type { S3CredentialSource, S3Credentials, S3StorageOptions } from './s3-options.ts';

type SdkCredentials = NonNullable<S3ClientConfig['credentials']>;

/** A fixed set as it is; a function asked once for many requests, and again before they expire. */
export function fixedOrRenewed(source: S3CredentialSource): SdkCredentials {
  if (typeof source !== 'function') return toSdk(source);
  return renewed(() => ask(source));
}

async function ask(source: () => Promise<S3Credentials>): Promise<S3Credentials> {
  try {
    return await source();
  } catch (error) {
    throw credentialsFault(`failed: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
}

export interface RoleOptions extends Omit<S3StorageOptions, 'region'> {
  readonly region?: S3ClientConfig['region'];
  /** Whose credentials take on the role. Default: the SDK's chain. */
  readonly source: SdkCredentials | S3CredentialSource | undefined;
  readonly requestHandler: NonNullable<S3ClientConfig['requestHandler']>;
  /** Unix milliseconds, for tests of expiry. */
  readonly now?: (() => number) | undefined;
}

/** The credentials of a role: one session for all requests, renewed before it ends. */
export function roleCredentials(options: RoleOptions): SdkCredentials {
  return renewed(() => assumeRole(options), options.now);
}

function renewed(source: () => Promise<S3Credentials>, now?: () => number): SdkCredentials {
  const next = renewing(async () => toExpiring(await source()), { now });
  return async () => {
    const { value, expiresAtMs } = await next();
    // Without an expiry the SDK would never ask again.
    return { ...toSdk(value), expiration: new Date(expiresAtMs ?? Date.now() + 5 * 60_000) };
  };
}

function toExpiring(credentials: S3Credentials): Expiring<S3Credentials> {
  const { accessKeyId, secretAccessKey, expiration } = credentials ?? {};
  if (!isText(accessKeyId) || !isText(secretAccessKey)) {
    throw credentialsFault('gave no accessKeyId or no secretAccessKey');
  }
  const expiresAtMs = expiration === undefined ? undefined : new Date(expiration).getTime();
  if (!Number.isNaN(expiresAtMs)) return { value: credentials, expiresAtMs };
  throw credentialsFault('gave an expiration that is no date');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function toSdk({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

async function assumeRole(options: RoleOptions): Promise<S3Credentials> {
  const { STSClient, AssumeRoleCommand } = await loadSts();
  const { source, region, requestHandler, clientConfig: { profile } = {} } = options;
  const endpoint = options.stsEndpoint ?? ownStsEndpoint(options.endpoint);
  const client = new STSClient({
    requestHandler,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(source === undefined ? {} : { credentials: source as SdkCredentials }),
  });
  try {
    const { Credentials: session } = await client.send(
      new AssumeRoleCommand({
        RoleArn: options.assumeRoleArn,
        RoleSessionName: options.sessionName ?? 'metering',
        DurationSeconds: options.durationSeconds ?? 3600,
        ...(options.externalId === undefined ? {} : { ExternalId: options.externalId }),
      }),
    );
    if (!session?.AccessKeyId || !session.SecretAccessKey) throw noSession();
    return {
      accessKeyId: session.AccessKeyId,
      secretAccessKey: session.SecretAccessKey,
      sessionToken: session.SessionToken,
      expiration: session.Expiration,
    };
  } catch (error) {
    throw new RoleError(options.assumeRoleArn, error);
  } finally {
    // A handler that the caller made is the caller's to close.
    if (!('handle' in requestHandler)) client.destroy();
  }
}

/** To the SDK any answer of 200 is one. */
function noSession(): StorageFault {
  const message = 'what answered gave no credentials: it may be no STS; check stsEndpoint';
  return new StorageFault({ code: 'UNAUTHENTICATED', message });
}

/** A store of one's own answers STS at the same address; Amazon has endpoints for it. */
function ownStsEndpoint(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined) return undefined;
  return isAmazonHost(new URL(endpoint).hostname) ? undefined : endpoint;
}

async function loadSts() {
  try {
    return await import('@aws-sdk/client-sts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message = 'assumeRoleArn needs the package @aws-sdk/client-sts: install it';
    throw new StorageFault({ code: 'UNAUTHENTICATED', message });
  }
}
