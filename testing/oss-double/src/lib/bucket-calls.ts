import { type Answer, xmlAnswer } from './answer.ts';
import type { Bucket, Buckets, Versioning } from './buckets.ts';
import { invalidArgument, OssFault } from './oss-fault.ts';
import type { OssRequest } from './oss-request.ts';
import { element, xmlDocument } from './xml.ts';

const DEFAULT_MAX_KEYS = 100;
const MOST_MAX_KEYS = 1000;

/** Calls to a bucket: make, remove, list, and its versioning. */
export function callBucket(buckets: Buckets, request: OssRequest): Answer {
  const { method, bucket: name, parameters } = request;
  if (parameters.has('versioning')) return callVersioning(buckets.find(name), request);
  if (method === 'PUT') {
    buckets.create(name);
    return { status: 200 };
  }
  if (method === 'DELETE') {
    buckets.delete(name);
    return { status: 204 };
  }
  if (method === 'GET' && parameters.get('list-type') === '2') {
    return listObjects(buckets.find(name), parameters);
  }
  throw new OssFault(501, 'NotImplemented', 'This double does not know that call.');
}

function callVersioning(bucket: Bucket, { method, body }: OssRequest): Answer {
  if (method === 'PUT') {
    const status = /<Status>(Enabled|Suspended)<\/Status>/.exec(body.toString())?.[1];
    if (status === undefined)
      throw new OssFault(400, 'MalformedXML', 'The XML is not well-formed.');
    bucket.versioning = status as Versioning;
    return { status: 200 };
  }
  const status = bucket.versioning === undefined ? [] : [element('Status', bucket.versioning)];
  return xmlAnswer(xmlDocument('VersioningConfiguration', ...status));
}

function listObjects(bucket: Bucket, parameters: OssRequest['parameters']): Answer {
  const prefix = parameters.get('prefix') ?? '';
  const startAfter = parameters.get('start-after') ?? '';
  const token = parameters.get('continuation-token');
  const encoding = parameters.get('encoding-type');
  const maxKeys = readMaxKeys(parameters.get('max-keys'));
  const from = token === undefined ? startAfter : readToken(token);
  const objects = bucket.list(prefix, from);
  const page = objects.slice(0, maxKeys);
  const truncated = objects.length > page.length;
  const name = (text: string) => (encoding === 'url' ? encodeURIComponent(text) : text);
  const last = page.at(-1)?.key ?? '';
  return xmlAnswer(
    xmlDocument(
      'ListBucketResult',
      element('Name', bucket.name),
      element('Prefix', name(prefix)),
      element('StartAfter', name(startAfter)),
      element('MaxKeys', maxKeys),
      ...(encoding === 'url' ? [element('EncodingType', 'url')] : []),
      element('IsTruncated', truncated),
      ...(truncated ? [element('NextContinuationToken', makeToken(last))] : []),
      element('KeyCount', page.length),
      ...page.map(
        ({ key, etag, body, lastModified }) =>
          `<Contents>${element('Key', name(key))}${element('LastModified', lastModified.toISOString())}${element('ETag', etag)}${element('Type', 'Normal')}${element('Size', body.length)}${element('StorageClass', 'Standard')}</Contents>`,
      ),
    ),
  );
}

function readMaxKeys(text: string | undefined): number {
  if (text === undefined) return DEFAULT_MAX_KEYS;
  const maxKeys = /^\d+$/.test(text) ? Number(text) : 0;
  if (maxKeys >= 1 && maxKeys <= MOST_MAX_KEYS) return maxKeys;
  throw invalidArgument(`max-keys must be from 1 to ${MOST_MAX_KEYS}.`);
}

/** Opaque to clients. */
function makeToken(key: string): string {
  return Buffer.from(`next:${key}`).toString('base64url');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('next:')) throw invalidArgument('The continuation token is invalid.');
  return text.slice('next:'.length);
}
