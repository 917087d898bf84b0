import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer.ts';
import { callBucket } from './bucket-calls.ts';
import { Buckets, type Versioning } from './buckets.ts';
import { callObject } from './object-calls.ts';
import { OssFault } from './oss-fault.ts';
import { type OssRequest, parseRequest } from './oss-request.ts';
import { assumeRole, type Role } from './sts.ts';
import { type Account, verifySignature } from './verify-signature.ts';
import { element, xmlDocument } from './xml.ts';

export interface OssDoubleOptions {
  /** The region that requests must be signed for, without `oss-`. Default `cn-hangzhou`. */
  readonly region?: string | undefined;
  readonly accounts: readonly Account[];
  readonly roles?: readonly Role[] | undefined;
  /** A bucket that the host name stands for whatever it is, as with a domain of one's own (cname). */
  readonly boundBucket?: string | undefined;
  /** Unix milliseconds. Default `Date.now`. */
  readonly nowMs?: (() => number) | undefined;
}

/**
 * OSS and its STS in a process, on loopback: strict where a client could go wrong. It answers
 * `/bucket/key`, and `/key` on `bucket.localhost` or for a bound bucket.
 */
export class OssDouble {
  readonly buckets = new Buckets();
  readonly #options: OssDoubleOptions;
  readonly #accounts = new Map<string, Account>();
  readonly #server: http.Server;

  private constructor(options: OssDoubleOptions) {
    this.#options = options;
    for (const account of options.accounts) this.#accounts.set(account.accessKeyId, account);
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: OssDoubleOptions): Promise<OssDouble> {
    const double = new OssDouble(options);
    if (options.boundBucket !== undefined) double.buckets.create(options.boundBucket);
    double.#server.listen(0, '127.0.0.1');
    await once(double.#server, 'listening');
    return double;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Switches a bucket's versioning, as its owner would. */
  setVersioning(bucket: string, versioning: Versioning): void {
    this.buckets.find(bucket).versioning = versioning;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const requestId = randomBytes(12).toString('hex').toUpperCase();
    const answer = await this.#answer(request).catch((error: unknown) =>
      errorAnswer(error, request, requestId),
    );
    response.writeHead(answer.status, {
      'content-length': Buffer.byteLength(answer.body ?? ''),
      'x-oss-request-id': requestId,
      server: 'AliyunOSS',
      ...answer.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  async #answer(request: http.IncomingMessage): Promise<Answer> {
    const body = await readBody(request);
    if (isSts(request, body)) return this.#sts(request, body);
    const parsed = parseRequest(request, body, this.#bucketOfHost(request));
    verifySignature(parsed, {
      region: this.#options.region ?? 'cn-hangzhou',
      nowMs: this.#options.nowMs ?? Date.now,
      find: (accessKeyId) => this.#accounts.get(accessKeyId),
    });
    return this.#call(parsed);
  }

  #call(request: OssRequest): Answer {
    if (request.bucket === '') return listBuckets(this.buckets);
    if (request.key === '') return callBucket(this.buckets, request);
    return callObject(this.buckets.find(request.bucket), request);
  }

  #bucketOfHost({ headers }: http.IncomingMessage): string | undefined {
    const { boundBucket } = this.#options;
    if (boundBucket !== undefined) return boundBucket;
    return /^([^.]+)\.localhost(:\d+)?$/.exec(headers.host ?? '')?.[1];
  }

  #sts({ method = '', url = '' }: http.IncomingMessage, body: Buffer): Answer {
    const query = new URLSearchParams(url.split('?')[1] ?? '');
    const parameters = new Map([...query, ...new URLSearchParams(body.toString())]);
    return assumeRole(method, parameters, {
      roles: this.#options.roles ?? [],
      nowMs: this.#options.nowMs ?? Date.now,
      find: (accessKeyId) => this.#accounts.get(accessKeyId),
      add: (account) => this.#accounts.set(account.accessKeyId, account),
    });
  }
}

function isSts({ url = '' }: http.IncomingMessage, body: Buffer): boolean {
  return (
    /[?&]Action=AssumeRole(&|$)/.test(url) ||
    /(^|&)Action=AssumeRole(&|$)/.test(body.toString('latin1', 0, 4096))
  );
}

async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listBuckets(buckets: Buckets): Answer {
  const names = buckets.names().map((name) => `<Bucket>${element('Name', name)}</Bucket>`);
  const body = xmlDocument('ListAllMyBucketsResult', `<Buckets>${names.join('')}</Buckets>`);
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

/** An error in XML; a HEAD has no body, so it comes in a header too. */
function errorAnswer(error: unknown, { headers }: http.IncomingMessage, requestId: string): Answer {
  const fault =
    error instanceof OssFault ? error : new OssFault(500, 'InternalError', String(error));
  const xml = xmlDocument(
    'Error',
    element('Code', fault.code),
    element('Message', fault.message),
    element('RequestId', requestId),
    element('HostId', headers.host ?? ''),
    element('EC', '0000-00000000'),
  );
  return {
    status: fault.status,
    headers: {
      'content-type': 'application/xml',
      'x-oss-err': Buffer.from(xml).toString('base64'),
      'x-oss-ec': '0000-00000000',
    },
    body: xml,
  };
}
