import {
  type ErrorClass,
  type ErrorContext,
  type StorageErrorCode,
  StorageFault,
} from '@metering/core';
import { isBrokenTls, networkProblem } from '@metering/core/building-blocks';
import { RoleError } from './credentials-fault.ts';

/** What the SDK's errors carry, of which nothing is sure. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  /** What the answer's body says; without one the SDK makes up a name. */
  readonly Code?: string;
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Names of errors: Amazon's, and those of compatible stores where they differ. */
const CODES_BY_NAME: Readonly<Record<string, StorageErrorCode>> = {
  NoSuchKey: 'NOT_FOUND',
  NotFound: 'NOT_FOUND',
  NoSuchBucket: 'CONTAINER_NOT_FOUND',
  InvalidBucketName: 'CONTAINER_NOT_FOUND',
  PreconditionFailed: 'ALREADY_EXISTS',
  AccessDenied: 'PERMISSION_DENIED',
  AllAccessDisabled: 'PERMISSION_DENIED',
  AccountProblem: 'PERMISSION_DENIED',
  AuthorizationHeaderMalformed: 'UNAUTHENTICATED',
  CredentialsProviderError: 'UNAUTHENTICATED',
  ExpiredToken: 'UNAUTHENTICATED',
  ExpiredTokenException: 'UNAUTHENTICATED',
  InvalidAccessKeyId: 'UNAUTHENTICATED',
  InvalidClientTokenId: 'UNAUTHENTICATED',
  InvalidToken: 'UNAUTHENTICATED',
  InvalidTokenId: 'UNAUTHENTICATED',
  SignatureDoesNotMatch: 'UNAUTHENTICATED',
  TokenRefreshRequired: 'UNAUTHENTICATED',
  XAdminUserNotFound: 'UNAUTHENTICATED',
  RequestTimeTooSkewed: 'CLOCK_SKEW',
  RequestTimeout: 'UNAVAILABLE',
  SlowDown: 'RATE_LIMITED',
  ThrottlingException: 'RATE_LIMITED',
  TooManyRequests: 'RATE_LIMITED',
  ConditionalRequestConflict: 'UNAVAILABLE',
  OperationAborted: 'UNAVAILABLE',
  TimeoutError: 'UNAVAILABLE',
  EntityTooLarge: 'TOO_LARGE',
  QuotaExceeded: 'NO_SPACE',
  XMinioStorageFull: 'NO_SPACE',
  KeyTooLongError: 'INVALID_KEY',
  ObjectParentIsFile: 'INVALID_KEY',
  ExistingObjectIsDirectory: 'INVALID_KEY',
  XMinioInvalidObjectName: 'INVALID_KEY',
  XMinioInvalidResourceName: 'INVALID_KEY',
  InvalidObjectState: 'UNSUPPORTED',
  NotImplemented: 'UNSUPPORTED',
};

/** For answers without a body, where the SDK makes up a name. 404 is not here: only its name tells what is missing. */
const CODES_BY_STATUS: Readonly<Record<number, StorageErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  408: 'UNAVAILABLE',
  412: 'ALREADY_EXISTS',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  501: 'UNSUPPORTED',
  507: 'NO_SPACE',
};

const ADVICE: Partial<Readonly<Record<StorageErrorCode, string>>> = {
  NOT_FOUND: 'no such object',
  ALREADY_EXISTS: 'an object exists under this key',
  CLOCK_SKEW: "this machine's clock is too far from the store's; set it right",
  RATE_LIMITED: 'the store asks to slow down',
};

/** Names of errors that say more than their class does. */
const ADVICE_BY_NAME: Readonly<Record<string, string>> = {
  CredentialsProviderError: "no credentials were given, and the SDK's chain has none",
  ConditionalRequestConflict: 'another write of the same key was under way',
  ExpiredToken: 'the session token has expired; get new credentials',
  ExpiredTokenException: 'the session token has expired; get new credentials',
  ObjectParentIsFile: 'another object is stored where this key needs a folder',
  ExistingObjectIsDirectory: 'this key is the folder of other objects',
  SignatureDoesNotMatch: 'the secret access key does not fit the access key',
};

const NOT_OF_A_STORE =
  'what answered does not say what is missing: it may be no S3; check the endpoint';
const NO_HEADER =
  'the access key or the session token holds a character that cannot be sent, such as a line break';

/** Where an error came from. */
export interface BucketContext extends ErrorContext {
  readonly bucket: string;
}

/** Tells errors apart by name and status, never by text, and lets nothing secret through. */
export function classifyError(error: unknown, context: BucketContext): ErrorClass | undefined {
  if (error instanceof StorageFault) return error.errorClass;
  if (error instanceof RoleError) return classifyRoleError(error, context);
  const sdkError = (error ?? {}) as SdkError;
  const redirect = wrongRegion(sdkError);
  if (redirect !== undefined) return redirect;
  const code = codeOf(sdkError, context);
  return {
    code,
    message: messageOf(sdkError, code, context),
    cause: withoutSecrets(sdkError),
    ...(isBrokenTls(sdkError) ? { retryable: false } : {}),
  };
}

/** What STS, or what is taken for it, answers says nothing of an object: not that it is missing, or there. */
function classifyRoleError(error: RoleError, context: BucketContext): ErrorClass {
  const known = classifyError(error.cause, { ...context, operation: 'open' })!;
  if (!CODES_OF_OBJECTS.has(known.code)) {
    return { ...known, message: `${error.message}: ${known.message}` };
  }
  const { name, $metadata } = error.cause as SdkError;
  const source = `${name}, HTTP ${$metadata?.httpStatusCode}`;
  const message = `${error.message}: what answered may be no STS; check stsEndpoint (${source})`;
  return { code: 'UNKNOWN', message, cause: known.cause };
}

const CODES_OF_OBJECTS: ReadonlySet<StorageErrorCode> = new Set([
  'NOT_FOUND',
  'CONTAINER_NOT_FOUND',
  'ALREADY_EXISTS',
  'INVALID_KEY',
  'TOO_LARGE',
  'NO_SPACE',
] as const);

/** A condition is only in a `put`, and only an object that is named can be missing. */
function codeOf(error: SdkError, { operation }: ErrorContext): StorageErrorCode {
  const code = codeOfAnswer(error);
  if (code === 'ALREADY_EXISTS' && operation !== 'put' && operation !== 'open') return 'UNKNOWN';
  return code === 'NOT_FOUND' && operation === 'list' ? 'UNKNOWN' : code;
}

function codeOfAnswer(error: SdkError): StorageErrorCode {
  const status = error.$metadata?.httpStatusCode;
  if (isNamelessAnswer(error)) return 'UNKNOWN';
  if (isNoHeader(error)) return 'UNAUTHENTICATED';
  const byName = CODES_BY_NAME[error.name ?? ''];
  if (byName !== undefined) return byName;
  if (status === undefined) return error.code === undefined ? 'UNKNOWN' : 'UNAVAILABLE';
  if (status === 503) return 'RATE_LIMITED';
  return CODES_BY_STATUS[status] ?? (status >= 500 ? 'UNAVAILABLE' : 'UNKNOWN');
}

/** A 404 that no S3 gives, for any call but a HEAD: it must not read as a missing object. */
function isNamelessAnswer({ name, Code, $response }: SdkError): boolean {
  return name === 'NotFound' && Code === undefined && $response !== undefined;
}

/** The SDK has no name for this one. */
function isWithoutRegion({ name, message }: SdkError): boolean {
  return name === 'Error' && message === 'Region is missing';
}

/** Node's refusal of a header; those that hold what a user gave are of the credentials. */
function isNoHeader({ code }: SdkError): boolean {
  return code === 'ERR_INVALID_CHAR';
}

function messageOf(error: SdkError, code: StorageErrorCode, context: BucketContext): string {
  const status = error.$metadata?.httpStatusCode;
  const known = adviceOf(error) ?? ADVICE[code] ?? noBucket(code, context) ?? denied(code, context);
  const source = [error.code ?? error.name, status && `HTTP ${status}`].filter(Boolean).join(', ');
  return known === undefined ? `the request failed (${source})` : `${known} (${source})`;
}

function adviceOf(error: SdkError): string | undefined {
  if (isWithoutRegion(error)) return 'no region is known: set the option region, or AWS_REGION';
  if (isNamelessAnswer(error)) return NOT_OF_A_STORE;
  if (isNoHeader(error)) return NO_HEADER;
  return ADVICE_BY_NAME[error.name ?? ''] ?? networkProblem(error);
}

function noBucket(code: StorageErrorCode, { bucket }: BucketContext): string | undefined {
  if (code !== 'CONTAINER_NOT_FOUND') return undefined;
  return `the bucket ${JSON.stringify(bucket)} does not exist; create it, or correct its name`;
}

function denied(code: StorageErrorCode, { operation }: ErrorContext): string | undefined {
  if (code === 'UNAUTHENTICATED') return 'the credentials are not accepted';
  if (code !== 'PERMISSION_DENIED') return undefined;
  const reading = operation === 'get' || operation === 'head';
  const maybe = reading ? '; without s3:ListBucket a missing object is answered like this too' : '';
  return `the credentials do not allow this${maybe}`;
}

function wrongRegion(error: SdkError): ErrorClass | undefined {
  const status = error.$metadata?.httpStatusCode;
  const region = error.Region ?? error.$response?.headers?.['x-amz-bucket-region'];
  const redirected = status === 301 || status === 307 || error.name === 'PermanentRedirect';
  if (!redirected && (region === undefined || error.name !== 'AuthorizationHeaderMalformed')) {
    return undefined;
  }
  const message = region
    ? `the bucket is in another region: set region to "${region}"`
    : 'the bucket is in another region: set region to it';
  return { code: 'UNSUPPORTED', message, cause: withoutSecrets(error) };
}

/** An error to keep as a cause: SDK errors carry requests, and requests carry signatures and tokens. */
function withoutSecrets({ name, code, $metadata }: SdkError): Error {
  const cause = new Error(name ?? 'Error');
  return Object.assign(cause, {
    name: name ?? 'Error',
    ...(code === undefined ? {} : { code }),
    ...($metadata?.httpStatusCode === undefined ? {} : { httpStatus: $metadata.httpStatusCode }),
    ...($metadata?.requestId === undefined ? {} : { requestId: $metadata.requestId }),
  });
}
