import { createHmac, randomUUID } from 'node:crypto';
import { StorageFault } from '@metering/core';
import type { OssCredentials, OssStorageOptions } from './oss-options.ts';
import { parseEndpoint } from './parse-endpoint.ts';

/** What STS answers, of which nothing is sure. */
interface StsAnswer {
  readonly Code?: string;
  readonly Credentials?: {
    readonly AccessKeyId?: string;
    readonly AccessKeySecret?: string;
    readonly SecurityToken?: string;
    readonly Expiration?: string;
  };
}

/**
 * Takes on a role. The clients at hand cannot be used: `ali-oss` drops the security token, so roles do
 * not chain, and `@alicloud/credentials` hides when a session ends.
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 */
export async function assumeRole(
  base: OssCredentials,
  region: string,
  options: OssStorageOptions,
): Promise<OssCredentials> {
  const { stsEndpoint = `sts.${region}.aliyuncs.com` } = options;
  const endpoint = parseEndpoint('stsEndpoint', stsEndpoint);
  const parameters = signed(roleParameters(base, options), base.accessKeySecret);
  const response = await fetch(endpoint, {
    method: 'POST',
    // Another address is not told what was signed for this one.
    redirect: 'manual',
    body: new URLSearchParams(parameters),
    signal: AbortSignal.timeout(options.requestTimeoutMs ?? 30_000),
  }).catch((error: unknown) => {
    throw roleFault(options, 'UNAVAILABLE', `STS cannot be reached (${reason(error)})`);
  });
  const answer = (await response.json().catch(() => ({}))) as StsAnswer;
  if (!response.ok) throw refusal(options, response.status, answer.Code);
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !AccessKeySecret || !SecurityToken || !Expiration) {
    throw roleFault(options, 'UNAVAILABLE', 'STS gave no credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    securityToken: SecurityToken,
    expiration: new Date(Expiration),
  };
}

function roleParameters(
  { accessKeyId, securityToken }: OssCredentials,
  options: OssStorageOptions,
): Record<string, string> {
  const { assumeRoleArn = '', externalId, sessionName = 'metering' } = options;
  return {
    Action: 'AssumeRole',
    Version: '2015-04-01',
    Format: 'JSON',
    Timestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    AccessKeyId: accessKeyId,
    RoleArn: assumeRoleArn,
    RoleSessionName: sessionName,
    DurationSeconds: String(options.durationSeconds ?? 3600),
    ...(securityToken === undefined ? {} : { SecurityToken: securityToken }),
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  };
}

/** https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism */
function signed(parameters: Record<string, string>, secret: string): Record<string, string> {
  const names = Object.keys(parameters).sort();
  const query = names.map((name) => `${encode(name)}=${encode(parameters[name]!)}`).join('&');
  const text = `POST&${encode('/')}&${encode(query)}`;
  const signature = createHmac('sha1', `${secret}&`).update(text).digest('base64');
  return { ...parameters, Signature: signature };
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const UNAUTHENTICATED = /^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch)/;

function refusal(options: OssStorageOptions, status: number, code = 'no code'): StorageFault {
  const source = `STS: ${code}, HTTP ${status}`;
  if (status >= 500 || status < 400) return roleFault(options, 'UNAVAILABLE', source);
  if (status === 429 || code.startsWith('Throttling')) {
    return roleFault(options, 'RATE_LIMITED', source);
  }
  if (code.startsWith('InvalidTimeStamp')) return roleFault(options, 'CLOCK_SKEW', source);
  const known = UNAUTHENTICATED.test(code) ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED';
  return roleFault(options, known, source);
}

function roleFault(
  { assumeRoleArn }: OssStorageOptions,
  code: 'UNAVAILABLE' | 'RATE_LIMITED' | 'CLOCK_SKEW' | 'UNAUTHENTICATED' | 'PERMISSION_DENIED',
  problem: string,
): StorageFault {
  const message = `the role ${assumeRoleArn} could not be taken on: ${problem}`;
  return new StorageFault({ code, message });
}

function reason(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string }; name?: string };
  return cause?.code ?? name ?? 'no reason given';
}
