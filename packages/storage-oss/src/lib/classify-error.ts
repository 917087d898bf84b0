import { type ErrorClass, type StorageErrorCode, StorageFault } from '@metering/core';
import { isBrokenTls, networkProblem } from '@metering/core/building-blocks';

/** What the client's errors carry, of which nothing is sure. Its `params` hold the body and the keys. */
interface ClientError {
  readonly name?: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  /** `''` where the client made the error up, as the answer had no body. */
  readonly host?: string;
}

/** https://www.alibabacloud.com/help/en/oss/user-guide/http-status-codes */
const CODES_BY_NAME: Readonly<Record<string, StorageErrorCode>> = {
  NoSuchKey: 'NOT_FOUND',
  NoSuchBucket: 'CONTAINER_NOT_FOUND',
  FileAlreadyExists: 'ALREADY_EXISTS',
  AccessDenied: 'PERMISSION_DENIED',
  UserDisable: 'PERMISSION_DENIED',
  InvalidAccessKeyId: 'UNAUTHENTICATED',
  InvalidSecurityToken: 'UNAUTHENTICATED',
  SecurityTokenExpired: 'UNAUTHENTICATED',
  SignatureDoesNotMatch: 'UNAUTHENTICATED',
  RequestTimeTooSkewed: 'CLOCK_SKEW',
  DownloadTrafficRateLimitExceeded: 'RATE_LIMITED',
  QpsLimitExceeded: 'RATE_LIMITED',
  TooManyRequests: 'RATE_LIMITED',
  UploadTrafficRateLimitExceeded: 'RATE_LIMITED',
  RequestTimeout: 'UNAVAILABLE',
  EntityTooLarge: 'TOO_LARGE',
  InvalidObjectName: 'INVALID_KEY',
  InvalidObjectState: 'UNSUPPORTED',
  FileImmutable: 'PERMISSION_DENIED',
  NotImplemented: 'UNSUPPORTED',
};

const CODES_BY_STATUS: Readonly<Record<number, StorageErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  408: 'UNAVAILABLE',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  503: 'RATE_LIMITED',
};

const ADVICE: Partial<Readonly<Record<StorageErrorCode, string>>> = {
  NOT_FOUND: 'no such object',
  ALREADY_EXISTS: 'an object exists under this key',
  UNAUTHENTICATED: 'the credentials are not accepted',
  PERMISSION_DENIED: 'the credentials do not allow this',
  CLOCK_SKEW: "this machine's clock is too far from the store's; set it right",
  RATE_LIMITED: 'the store asks to slow down',
};

const ADVICE_BY_NAME: Readonly<Record<string, string>> = {
  SecurityTokenExpired: 'the session token has expired; get new credentials',
  SignatureDoesNotMatch: 'the secret does not fit the access key',
};

const NOT_OF_OSS =
  'what answered does not say what is missing: it may be no OSS; check the endpoint';
const NO_HEADER =
  'the access key or the security token holds a character that cannot be sent, such as a line break';

/** Tells errors apart by code and status, never by text, and lets nothing secret through. */
export function classifyError(error: unknown, bucket: string): ErrorClass | undefined {
  const original = thrownByTransport(error) ?? error;
  if (original instanceof StorageFault) return original.errorClass;
  const clientError = (original ?? {}) as ClientError;
  const code = codeOf(clientError);
  return {
    code,
    message: messageOf(clientError, code, bucket),
    cause: withoutSecrets(clientError),
    ...(isBrokenTls(clientError) ? { retryable: false } : {}),
  };
}

/** The client makes an error of its own of every failure, and keeps what the transport threw as `res`. */
function thrownByTransport(error: unknown): Error | undefined {
  const { res } = (error ?? {}) as { res?: unknown };
  return res instanceof Error ? res : undefined;
}

/** A 404 without a body, which the client takes for a missing object: OSS numbers each of its answers. */
function isNamelessAnswer({ code, host, requestId }: ClientError): boolean {
  return code === 'NoSuchKey' && host === '' && requestId === undefined;
}

/** Node's refusal of a header; those that hold what a user gave are of the credentials. */
function isNoHeader({ code }: ClientError): boolean {
  return code === 'ERR_INVALID_CHAR';
}

function codeOf(error: ClientError): StorageErrorCode {
  if (isNamelessAnswer(error)) return 'UNKNOWN';
  if (isNoHeader(error)) return 'UNAUTHENTICATED';
  const { code, name, status } = error;
  const byName = CODES_BY_NAME[code ?? ''] ?? CODES_BY_NAME[(name ?? '').replace(/Error$/, '')];
  if (byName !== undefined) return byName;
  if (status === undefined || status < 0) return code === undefined ? 'UNKNOWN' : 'UNAVAILABLE';
  return CODES_BY_STATUS[status] ?? (status >= 500 ? 'UNAVAILABLE' : 'UNKNOWN');
}

function messageOf(error: ClientError, code: StorageErrorCode, bucket: string): string {
  const known = adviceOf(error) ?? ADVICE[code] ?? noBucket(code, bucket) ?? 'the request failed';
  const status = error.status !== undefined && error.status > 0 ? `HTTP ${error.status}` : '';
  return `${known} (${[error.code ?? error.name, status].filter(Boolean).join(', ')})`;
}

function noBucket(code: StorageErrorCode, bucket: string): string | undefined {
  if (code !== 'CONTAINER_NOT_FOUND') return undefined;
  return `the bucket ${JSON.stringify(bucket)} does not exist; create it, or correct its name`;
}

function adviceOf(error: ClientError): string | undefined {
  if (isNamelessAnswer(error)) return NOT_OF_OSS;
  if (isNoHeader(error)) return NO_HEADER;
  return ADVICE_BY_NAME[error.code ?? ''] ?? networkProblem(error);
}

/** An error to keep as a cause. */
function withoutSecrets({ name = 'Error', code, status, requestId }: ClientError): Error {
  const cause = new Error(name);
  return Object.assign(cause, {
    name,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { httpStatus: status }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}
