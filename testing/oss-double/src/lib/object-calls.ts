import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';
import type { Bucket, StoredObject } from './buckets.ts';
import { invalidArgument, OssFault } from './oss-fault.ts';
import type { OssRequest } from './oss-request.ts';

const MAX_KEY_BYTES = 1023;

/** PUT, GET, HEAD and DELETE of an object. */
export function callObject(bucket: Bucket, request: OssRequest): Answer {
  checkKey(request.key);
  switch (request.method) {
    case 'PUT':
      return put(bucket, request);
    case 'GET':
      return get(bucket.get(request.key), request);
    case 'HEAD':
      return { status: 200, headers: describe(bucket.get(request.key)) };
    case 'DELETE':
      bucket.delete(request.key);
      return { status: 204 };
    default:
      throw new OssFault(405, 'MethodNotAllowed', 'The specified method is not allowed.');
  }
}

function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES || key.startsWith('/') || key.startsWith('\\')) {
    throw new OssFault(400, 'InvalidObjectName', 'The specified object is not valid.');
  }
}

function put(bucket: Bucket, { key, body, headers }: OssRequest): Answer {
  const md5 = headers.get('content-md5');
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
    throw new OssFault(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.');
  }
  if (headers.get('content-length') === undefined && !headers.has('transfer-encoding')) {
    throw new OssFault(411, 'MissingContentLength', 'You must provide the Content-Length header.');
  }
  const forbid = headers.get('x-oss-forbid-overwrite');
  if (forbid !== undefined && !['true', 'false'].includes(forbid)) {
    throw invalidArgument('x-oss-forbid-overwrite must be true or false.');
  }
  const contentType = headers.get('content-type') ?? 'application/octet-stream';
  const object = bucket.put(key, body, contentType, forbid === 'true');
  return { status: 200, headers: { etag: object.etag, 'x-oss-hash-crc64ecma': object.crc64 } };
}

function get(object: StoredObject, { headers }: OssRequest): Answer {
  const described = describe(object);
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.get('range') ?? '');
  const size = object.body.length;
  const from = Number(range?.[1] ?? 0);
  if (range === null || from >= size) return { status: 200, headers: described, body: object.body };
  const to = Math.min(range[2] ? Number(range[2]) : size - 1, size - 1);
  const body = object.body.subarray(from, to + 1);
  const partly = {
    'content-length': `${body.length}`,
    'content-range': `bytes ${from}-${to}/${size}`,
  };
  return { status: 206, headers: { ...described, ...partly }, body };
}

function describe(object: StoredObject): Record<string, string> {
  return {
    'content-length': `${object.body.length}`,
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    'x-oss-hash-crc64ecma': object.crc64,
    'x-oss-object-type': 'Normal',
  };
}
