import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { StorageFault } from '@metering/core';
import { readBody } from '@metering/core/building-blocks';

/** What a call tells the transport, through the client. */
export interface CallContext {
  readonly signal?: AbortSignal | undefined;
  readonly maxBytes?: number | undefined;
}

/** A request as the client hands it over. */
interface ClientRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly content?: Buffer | undefined;
  readonly ctx?: CallContext | undefined;
}

/** An answer as the client wants it. */
interface ClientAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly data: Buffer;
  readonly res: { readonly status: number; readonly headers: http.IncomingHttpHeaders };
}

export interface TransportOptions {
  readonly timeoutMs: number;
  readonly maxSockets: number;
  readonly certificateAuthority?: string | Uint8Array | undefined;
}

/**
 * How the client reaches the network: with sockets of its own, aborts that end the request, time-outs and
 * a limit to what is read. (`ali-oss` by itself has no abort and shares its sockets between all clients.)
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #agents: { readonly http: http.Agent; readonly https: https.Agent };

  constructor(options: TransportOptions) {
    this.#options = options;
    const { maxSockets, certificateAuthority: ca } = options;
    const sockets = { keepAlive: true, maxSockets };
    this.#agents = {
      http: new http.Agent(sockets),
      https: new https.Agent(ca === undefined ? sockets : { ...sockets, ca: Buffer.from(ca) }),
    };
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  /** Called by the client as its `urllib.request`. */
  readonly request = async (url: string, request: ClientRequest): Promise<ClientAnswer> => {
    const { ctx, content } = request;
    ctx?.signal?.throwIfAborted();
    const answer = await this.#send(url, request, content);
    const { statusCode: status = 0, headers } = answer;
    const data = await readAnswer(answer, request.method, ctx?.maxBytes);
    checkAnswer(status, headers);
    return { status, headers, data, res: { status, headers } };
  };

  #send(
    url: string,
    request: ClientRequest,
    content: Buffer | undefined,
  ): Promise<IncomingMessage> {
    const { timeoutMs } = this.#options;
    const signal = request.ctx?.signal;
    // For an address in numbers the client makes up a host name; the real one is the URL's.
    const { host: _, ...headers } = request.headers;
    const { request: open, agent } = url.startsWith('https:')
      ? { request: https.request, agent: this.#agents.https }
      : { request: http.request, agent: this.#agents.http };
    const options = { method: request.method, headers, agent, timeout: timeoutMs };
    return new Promise((resolve, reject) => {
      const outgoing = open(url, signal === undefined ? options : { ...options, signal });
      outgoing.on('timeout', () => outgoing.destroy(silence(timeoutMs)));
      outgoing.on('response', resolve).on('error', reject);
      outgoing.end(content);
    });
  }
}

function silence(timeoutMs: number): StorageFault {
  const message = `no sign of life from the store for ${timeoutMs} ms`;
  return new StorageFault({ code: 'UNAVAILABLE', message });
}

/**
 * To the client any answer of 200 is one, the page of a proxy too, of which it would take a `put` for done and a
 * bucket for one without versions. To a read it is also a part of an object (206), or none as nothing has
 * changed (304), for neither of which it is asked.
 */
function checkAnswer(status: number, headers: http.IncomingHttpHeaders): void {
  if (status >= 400) return;
  const isKnown = isOfStore(status, headers);
  if (isKnown && status !== 206 && status !== 304) return;
  const message = isKnown
    ? `the answer is one that was not asked for (HTTP ${status}); does a proxy change the request?`
    : `what answered says nothing of an object (HTTP ${status}): it may be no OSS; check the endpoint`;
  throw new StorageFault({ code: 'UNKNOWN', message });
}

/** OSS numbers its answers; what stands in for it at least gives the etag of an object, XML, or nothing (204). */
function isOfStore(status: number, headers: http.IncomingHttpHeaders): boolean {
  const { 'x-oss-request-id': requestId, etag, 'content-type': type = '' } = headers;
  return requestId !== undefined || etag !== undefined || status === 204 || type.includes('/xml');
}

async function readAnswer(
  answer: IncomingMessage,
  method: string,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Buffer> {
  const { statusCode: status = 0, headers } = answer;
  const said = method === 'HEAD' ? undefined : headers['content-length'];
  const body = await readBody(answer, {
    contentLength: said === undefined ? undefined : Number(said),
    maxBytes: status < 300 ? maxBytes : Number.POSITIVE_INFINITY,
  });
  // A HEAD has no body to say what is missing, so OSS says it in a header.
  const inHeader = body.length === 0 && status >= 400 ? headers['x-oss-err'] : undefined;
  if (inHeader !== undefined) return Buffer.from(String(inHeader), 'base64');
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
