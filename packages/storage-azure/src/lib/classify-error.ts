import {
  type ErrorClass,
  type ErrorContext,
  type StorageErrorCode,
  StorageFault,
} from '@metering/core';
import { isBrokenTls, networkProblem } from '@metering/core/building-blocks';

/** What the client's errors carry, of which nothing is sure. Their `request` holds the URL, and so the signature. */
interface ClientError {
  readonly name?: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly request?: { readonly url?: string };
  readonly response?: {
    readonly headers?: { readonly get?: (name: string) => string | undefined };
  };
}

/** https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes */
const CODES_BY_NAME: Readonly<Record<string, StorageErrorCode>> = {
  BlobNotFound: 'NOT_FOUND',
  ContainerNotFound: 'CONTAINER_NOT_FOUND',
  ContainerBeingDeleted: 'CONTAINER_NOT_FOUND',
  ContainerDisabled: 'CONTAINER_NOT_FOUND',
  // What an account says to strangers, whatever they ask for: not that a blob is missing.
  ResourceNotFound: 'PERMISSION_DENIED',
  BlobAlreadyExists: 'ALREADY_EXISTS',
  AccountIsDisabled: 'PERMISSION_DENIED',
  BlobImmutableDueToPolicy: 'PERMISSION_DENIED',
  LeaseIdMissing: 'PERMISSION_DENIED',
  PublicAccessNotPermitted: 'PERMISSION_DENIED',
  AuthenticationFailed: 'UNAUTHENTICATED',
  InvalidAuthenticationInfo: 'UNAUTHENTICATED',
  KeyBasedAuthenticationNotPermitted: 'UNAUTHENTICATED',
  NoAuthenticationInformation: 'UNAUTHENTICATED',
  ServerBusy: 'RATE_LIMITED',
  PARSE_ERROR: 'UNAVAILABLE',
  InvalidResourceName: 'INVALID_KEY',
  InvalidUri: 'INVALID_KEY',
  RequestUrlFailedToParse: 'INVALID_KEY',
  BlobArchived: 'UNSUPPORTED',
  BlobBeingRehydrated: 'UNSUPPORTED',
  InvalidBlobType: 'UNSUPPORTED',
  RequestBodyTooLarge: 'TOO_LARGE',
};

/** For answers without a name. 404 is not here: only its name tells what is missing. */
const CODES_BY_STATUS: Readonly<Record<number, StorageErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  408: 'UNAVAILABLE',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  501: 'UNSUPPORTED',
  503: 'RATE_LIMITED',
};

const ADVICE: Partial<Readonly<Record<StorageErrorCode, string>>> = {
  NOT_FOUND: 'no such object',
  ALREADY_EXISTS: 'an object exists under this key',
  UNAUTHENTICATED: 'the credentials are not accepted',
  PERMISSION_DENIED: 'the credentials do not allow this',
  INVALID_KEY: 'Azure does not take this key',
  CLOCK_SKEW: "this machine's clock is too far from the service's; set it right",
  RATE_LIMITED: 'the service asks to slow down',
};

/** Names of errors that say more than their class does. */
const ADVICE_BY_NAME: Readonly<Record<string, string>> = {
  AuthorizationFailure:
    "the credentials do not allow this, or the account's firewall keeps this machine out",
  AuthorizationPermissionMismatch: 'the role or the signature lacks the permission for this',
  AuthorizationSourceIPMismatch: "the signature is not for this machine's address",
  BlobArchived: 'the object is in the archive tier; rehydrate it to read it',
  BlobBeingRehydrated: 'the object is coming back from the archive tier; wait for it',
  BlobImmutableDueToPolicy: 'an immutability policy protects the object',
  ContainerBeingDeleted: 'the container is being deleted',
  KeyBasedAuthenticationNotPermitted: 'the account takes no keys; use a credential',
  LeaseIdMissing: 'the object is locked by a lease',
};

/** In a `create` these, too, say that there is an object. */
const EXISTS = new Set(['ConditionNotMet', 'UnauthorizedBlobOverwrite', 'LeaseIdMissing']);

/** Further apart than this, a signed request is refused. */
const MAX_SKEW_MS = 15 * 60_000;

/** Where an error came from. */
export interface ContainerContext extends ErrorContext {
  readonly container: string;
}

/** Tells errors apart by code and status, never by text, and lets nothing secret through. */
export function classifyError(error: unknown, context: ContainerContext): ErrorClass | undefined {
  if (error instanceof StorageFault) return error.errorClass;
  const clientError = (error ?? {}) as ClientError;
  const code = codeOf(clientError, context);
  return {
    code,
    message: messageOf(clientError, code, context),
    cause: withoutSecrets(clientError),
    ...(isBrokenTls(clientError) ? { retryable: false } : {}),
  };
}

/** Whether a `create` failed because there is an object, whatever else the service says of that. */
export function saysExists(error: unknown): boolean {
  return EXISTS.has(nameOf((error ?? {}) as ClientError) ?? '');
}

function codeOf(error: ClientError, { operation }: ErrorContext): StorageErrorCode {
  const name = nameOf(error);
  if (name === 'AuthenticationFailed' && isClockOff(error)) return 'CLOCK_SKEW';
  const byName = CODES_BY_NAME[name ?? ''];
  if (byName === 'INVALID_KEY' && operation === 'list') return 'UNKNOWN';
  if (byName !== undefined) return byName;
  const { statusCode: status } = error;
  if (status === undefined) return error.code === undefined ? 'UNKNOWN' : 'UNAVAILABLE';
  return CODES_BY_STATUS[status] ?? (status >= 500 ? 'UNAVAILABLE' : 'UNKNOWN');
}

/** The header has it for a HEAD, too, whose answer has no body. */
function nameOf(error: ClientError): string | undefined {
  return header(error, 'x-ms-error-code') ?? error.code;
}

function header({ response }: ClientError, name: string): string | undefined {
  return response?.headers?.get?.(name);
}

/** Without the path and the query, which holds the signature. */
function hostOf({ request: { url = '' } = {} }: ClientError): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

function isClockOff(error: ClientError): boolean {
  const skewMs = Date.now() - Date.parse(header(error, 'date') ?? '');
  return Math.abs(skewMs) > MAX_SKEW_MS;
}

function noContainer(code: StorageErrorCode, { container }: ContainerContext): string | undefined {
  if (code !== 'CONTAINER_NOT_FOUND') return undefined;
  return `the container ${JSON.stringify(container)} does not exist; create it, or correct its name`;
}

function messageOf(error: ClientError, code: StorageErrorCode, context: ContainerContext): string {
  const name = nameOf(error) ?? error.name;
  const known =
    ADVICE_BY_NAME[name ?? ''] ??
    ADVICE[code] ??
    noContainer(code, context) ??
    networkProblem(error, hostOf(error)) ??
    'the request failed';
  const status = error.statusCode && `HTTP ${error.statusCode}`;
  return `${known} (${[name, status].filter(Boolean).join(', ')})`;
}

/** An error to keep as a cause. */
function withoutSecrets(error: ClientError): Error {
  const { name = 'Error', statusCode } = error;
  const code = nameOf(error);
  const requestId = header(error, 'x-ms-request-id');
  return Object.assign(new Error(name), {
    name,
    ...(code === undefined ? {} : { code }),
    ...(statusCode === undefined ? {} : { httpStatus: statusCode }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}
