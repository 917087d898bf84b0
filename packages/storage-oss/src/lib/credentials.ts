import { StorageFault } from '@metering/core';
import { type Expiring, renewing } from '@metering/core/building-blocks';
import { assumeRole } from './assume-role.ts';
import type { OssCredentialSource, OssCredentials, OssStorageOptions } from './oss-options.ts';

/** Gives the credentials of the moment. */
export type CurrentCredentials = (signal?: AbortSignal) => Promise<OssCredentials>;

export interface CredentialOptions extends OssStorageOptions {
  /** Unix milliseconds, for tests of expiry. */
  readonly now?: (() => number) | undefined;
}

/** The credentials to sign with: those given or the default chain's, or a role's that they take on. */
export function currentCredentials(options: CredentialOptions, region: string): CurrentCredentials {
  const { credentials = askDefaultChain(), assumeRoleArn, now } = options;
  const base = cached(credentials, now);
  if (assumeRoleArn === undefined) return base;
  return cached(async () => assumeRole(await base(), region, options), now);
}

function cached(source: OssCredentialSource, now: (() => number) | undefined): CurrentCredentials {
  if (typeof source !== 'function') return async () => source;
  const next = renewing(async () => toExpiring(await ask(source)), { now });
  return async (signal) => (await next(signal)).value;
}

async function ask(source: () => Promise<OssCredentials>): Promise<OssCredentials> {
  try {
    return await source();
  } catch (error) {
    if (error instanceof StorageFault) throw error;
    throw fault(`failed: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
}

function toExpiring(credentials: OssCredentials): Expiring<OssCredentials> {
  const { accessKeyId, accessKeySecret, expiration } = credentials ?? {};
  if (!isText(accessKeyId) || !isText(accessKeySecret)) {
    throw fault('gave no accessKeyId or no accessKeySecret');
  }
  const expiresAtMs = expiration === undefined ? undefined : new Date(expiration).getTime();
  if (Number.isNaN(expiresAtMs)) throw fault('gave an expiration that is no date');
  return { value: credentials, expiresAtMs };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function fault(problem: string): StorageFault {
  return new StorageFault({
    code: 'UNAUTHENTICATED',
    message: `the credentials function ${problem}`,
  });
}

/**
 * Alibaba's own chain: environment, RRSA, CLI profile, ECS role. It remembers a source before that source
 * has worked, so it is made anew after a failure.
 */
function askDefaultChain(): () => Promise<OssCredentials> {
  let chain: Promise<{ getCredential(): Promise<OssCredentials> }> | undefined;
  return async () => {
    chain ??= newChain();
    try {
      const { accessKeyId, accessKeySecret, securityToken } = await (await chain).getCredential();
      return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
    } catch (error) {
      chain = undefined;
      if (error instanceof StorageFault) throw error;
      const message = `no credentials were given, and the default chain has none: ${(error as Error).message}`;
      throw new StorageFault({ code: 'UNAUTHENTICATED', message });
    }
  };
}

async function newChain(): Promise<{ getCredential(): Promise<OssCredentials> }> {
  const { default: credentials } = await import('@alicloud/credentials').catch(() => {
    const message =
      'no credentials were given; for the default chain install the package @alicloud/credentials';
    throw new StorageFault({ code: 'UNAUTHENTICATED', message });
  });
  // A CommonJS package with a default export of its own.
  const Credential = 'default' in credentials ? credentials.default : credentials;
  return new (Credential as unknown as new () => { getCredential(): Promise<OssCredentials> })();
}
