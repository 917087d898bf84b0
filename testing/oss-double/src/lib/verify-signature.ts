import { createHash, createHmac } from 'node:crypto';
import { invalidArgument, OssFault } from './oss-fault.ts';
import type { OssRequest } from './oss-request.ts';

/** Somebody who may call. */
export interface Account {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a session: the token that must come along, and when it ends in Unix milliseconds. */
  readonly session?: { readonly token: string; readonly endsAtMs: number } | undefined;
}

export interface Verifier {
  readonly region: string;
  readonly nowMs: () => number;
  readonly find: (accessKeyId: string) => Account | undefined;
}

const ALGORITHM = 'OSS4-HMAC-SHA256';
const SKEW_MS = 15 * 60_000;
const AUTHORIZATION =
  /^OSS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/oss\/aliyun_v4_request,\s*(?:AdditionalHeaders=([^,]*),\s*)?Signature=([0-9a-f]{64})$/;

/**
 * Checks the V4 signature in the `Authorization` header, to the byte: time window, scope, session and
 * every signed part. https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 *
 * @throws OssFault with the code that OSS gives.
 */
export function verifySignature(request: OssRequest, { region, nowMs, find }: Verifier): Account {
  const header = request.headers.get('authorization');
  if (header === undefined)
    throw new OssFault(403, 'AccessDenied', 'Anonymous access is forbidden.');
  const match = AUTHORIZATION.exec(header);
  if (match === null) throw invalidArgument('Authorization header is invalid.');
  const [, accessKeyId = '', day = '', scopeRegion = '', additional = '', signature = ''] = match;
  const account = find(accessKeyId);
  if (account === undefined) {
    throw new OssFault(403, 'InvalidAccessKeyId', 'The OSS Access Key Id does not exist.');
  }
  checkSession(request, account, nowMs());
  if (scopeRegion !== region)
    throw invalidArgument('Invalid signing region in Authorization header.');
  const date = checkDate(request, day, nowMs());
  const scope = `${day}/${region}/oss/aliyun_v4_request`;
  const canonical = canonicalRequest(request, additional);
  const text = [ALGORITHM, date, scope, createHash('sha256').update(canonical).digest('hex')];
  if (sign(account.accessKeySecret, day, region, text.join('\n')) !== signature) {
    throw new OssFault(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  return account;
}

function checkSession(request: OssRequest, { session }: Account, nowMs: number): void {
  const token = request.headers.get('x-oss-security-token');
  if (session === undefined && token === undefined) return;
  if (session === undefined || session.token !== token) {
    throw new OssFault(403, 'InvalidSecurityToken', 'The security token you provided is invalid.');
  }
  if (nowMs >= session.endsAtMs) {
    throw new OssFault(403, 'SecurityTokenExpired', 'The security token you provided has expired.');
  }
}

function checkDate(request: OssRequest, day: string, nowMs: number): string {
  const date = request.headers.get('x-oss-date') ?? '';
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date)?.slice(1).map(Number);
  if (parts === undefined || !date.startsWith(day)) {
    throw new OssFault(403, 'AccessDenied', 'Invalid signing date in Authorization header.');
  }
  const [year = 0, month = 1, ...rest] = parts;
  if (Math.abs(Date.UTC(year, month - 1, ...rest) - nowMs) <= SKEW_MS) return date;
  throw new OssFault(
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
  );
}

function canonicalRequest(request: OssRequest, additional: string): string {
  const { method, bucket, key, headers } = request;
  const path = `/${bucket === '' ? '' : `${bucket}/`}${key}`;
  const payload = headers.get('x-oss-content-sha256');
  if (payload === undefined) throw invalidArgument('x-oss-content-sha256 is missing.');
  return [
    method,
    encode(path).replaceAll('%2F', '/'),
    canonicalQuery(request.parameters),
    canonicalHeaders(headers, additional),
    additional,
    payload,
  ].join('\n');
}

function canonicalQuery(parameters: OssRequest['parameters']): string {
  const pairs = [...parameters].map(([name, value]) => [encode(name), value ?? ''] as const);
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([name, value]) => (value === '' ? name : `${name}=${encode(value)}`)).join('&');
}

function canonicalHeaders(headers: ReadonlyMap<string, string>, additional: string): string {
  const named = new Set(additional.split(';').filter((name) => name !== ''));
  const signed = [...headers].filter(
    ([name]) =>
      name.startsWith('x-oss-') ||
      name === 'content-type' ||
      name === 'content-md5' ||
      named.has(name),
  );
  signed.sort(([a], [b]) => (a < b ? -1 : 1));
  return signed.map(([name, value]) => `${name}:${value.trim()}\n`).join('');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sign(secret: string, day: string, region: string, text: string): string {
  const steps = [day, region, 'oss', 'aliyun_v4_request'];
  const hmac = (key: string | Buffer, data: string) =>
    createHmac('sha256', key).update(data).digest();
  const key = steps.reduce<string | Buffer>((last, step) => hmac(last, step), `aliyun_v4${secret}`);
  return hmac(key, text).toString('hex');
}
