import type { IncomingMessage } from 'node:http';

/** A request, taken apart as OSS does: bucket and key from host or path, every parameter decoded. */
export interface OssRequest {
  readonly method: string;
  /** `''` for a request to the service. */
  readonly bucket: string;
  /** `''` for a request to the bucket. */
  readonly key: string;
  readonly parameters: ReadonlyMap<string, string | undefined>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/**
 * Takes a request apart. `bucketOfHost` is what stands before the service's own host name, if anything:
 * `bucket.localhost` or a host that a bucket is bound to; otherwise the bucket is the path's first part.
 */
export function parseRequest(
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
  bucketOfHost: string | undefined,
): OssRequest {
  const [path = '', query = ''] = splitOnce(url, '?');
  const [first = '', rest = ''] = splitOnce(path.slice(1), '/');
  const place =
    bucketOfHost === undefined
      ? { bucket: decodeURIComponent(first), key: decodeURIComponent(rest) }
      : { bucket: bucketOfHost, key: decodeURIComponent(path.slice(1)) };
  const lowerCased = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return { method, ...place, parameters: parseQuery(query), headers: new Map(lowerCased), body };
}

function parseQuery(query: string): Map<string, string | undefined> {
  const parameters = new Map<string, string | undefined>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [name = '', value] = splitOnce(pair, '=');
    parameters.set(decodeParameter(name), value === undefined ? undefined : decodeParameter(value));
  }
  return parameters;
}

function decodeParameter(text: string): string {
  return decodeURIComponent(text.replaceAll('+', '%20'));
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
