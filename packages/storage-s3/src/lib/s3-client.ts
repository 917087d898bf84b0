import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { isAmazonHost } from './amazon-host.ts';
import { fixedOrRenewed, roleCredentials } from './credentials.ts';
import type { S3StorageOptions } from './s3-options.ts';

/** The region to sign for where a store of one's own does not say. */
const ANY_REGION = 'us-east-1';

/** An SDK client with defaults that hold up: time-outs that throw, bounded sockets, plain bodies. */
export function createClient(options: S3StorageOptions): S3Client {
  const { clientConfig = {}, forcePathStyle } = options;
  const endpoint = options.endpoint ?? asText(clientConfig.endpoint);
  const region = options.region ?? clientConfig.region ?? defaultRegion(endpoint);
  const given = withoutUndefined({ region, endpoint, forcePathStyle });
  const base = { requestHandler: requestHandler(options), ...checksums(endpoint), ...clientConfig };
  const source = options.credentials ?? clientConfig.credentials;
  const { requestHandler: handler } = base;
  const credentials =
    options.assumeRoleArn === undefined
      ? options.credentials && fixedOrRenewed(options.credentials)
      : roleCredentials({ ...options, region, endpoint, source, requestHandler: handler });
  return new S3Client({ ...base, ...given, ...withoutUndefined({ credentials }) });
}

/** Of a client's own configuration, which may also hold a function or an object there. */
function asText(endpoint: S3ClientConfig['endpoint']): string | undefined {
  return typeof endpoint === 'string' ? endpoint : undefined;
}

function defaultRegion(endpoint: string | undefined): string | undefined {
  return endpoint === undefined ? undefined : (process.env.AWS_REGION ?? ANY_REGION);
}

/** Many compatible stores know none of the newer checksums: there they are sent only where needed. */
function checksums(endpoint: string | undefined): S3ClientConfig {
  if (endpoint === undefined || isAmazonHost(new URL(endpoint).hostname)) return {};
  return {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}

function requestHandler(options: S3StorageOptions): NonNullable<S3ClientConfig['requestHandler']> {
  const { connectTimeoutMs = 5_000, requestTimeoutMs = 30_000, concurrency = 16 } = options;
  const sockets = { keepAlive: true, maxSockets: concurrency };
  const ca = options.certificateAuthority;
  return {
    connectionTimeout: connectTimeoutMs,
    requestTimeout: requestTimeoutMs,
    socketTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: sockets,
    httpsAgent: ca === undefined ? sockets : { ...sockets, ca: Buffer.from(ca) },
  };
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function withoutUndefined<T extends object>(values: T): Defined<T> {
  const defined = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as Defined<T>;
}
