import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What the proxy does to a request instead of passing it on and back:
 * - `lose-answer`: the server gets all of it and acts; the client's connection is reset
 * - `reset-request`: the connection is reset in the middle of the request's body
 * - `slow-headers`: the answer comes after `delayMs`
 * - `truncate-body`: half of the answer's body comes, then the connection closes
 * - `stall-body`: half of the answer's body comes, then nothing
 * - `status`: the server never sees it; this answer comes back
 */
export type Fault =
  | { readonly kind: 'lose-answer' | 'reset-request' | 'truncate-body' | 'stall-body' }
  | { readonly kind: 'slow-headers'; readonly delayMs: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body: string;
      readonly headers?: http.OutgoingHttpHeaders;
    };

/** A request as the proxy saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** True when the client closed the connection before its answer was complete. */
  closedByClient: boolean;
}

interface Injection {
  readonly matches: (request: SeenRequest) => boolean;
  readonly fault: Fault;
  left: number;
}

/** An HTTP proxy on loopback between a client and a server that counts requests and injects faults. */
export class FaultProxy {
  /** Every request since the start or the last `reset`. */
  readonly requests: SeenRequest[] = [];
  /** How many requests were under way at the same time, at the most. */
  mostAtOnce = 0;
  #underWay = 0;
  readonly #target: URL;
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();
  readonly #agent = new http.Agent({ keepAlive: true });
  #injections: Injection[] = [];

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = http.createServer((request, response) => this.#handle(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Does this to the next `times` requests that match. */
  inject(fault: Fault, matches: (request: SeenRequest) => boolean = () => true, times = 1): void {
    this.#injections.push({ fault, matches, left: times });
  }

  /** Forgets requests and faults. */
  reset(): void {
    this.requests.length = 0;
    this.#injections = [];
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #handle(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method = '', url = '', headers } = request;
    const seen: SeenRequest = { method, url, headers, closedByClient: false };
    this.requests.push(seen);
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    response.on('close', () => {
      this.#underWay -= 1;
      seen.closedByClient = !response.writableFinished;
    });
    const fault = this.#take(seen);
    if (fault?.kind === 'status') answer(request, response, fault);
    else if (fault?.kind === 'reset-request') request.once('data', () => request.destroy());
    else this.#forward(request, response, fault);
  }

  #take(seen: SeenRequest): Fault | undefined {
    const injection = this.#injections.find(({ left, matches }) => left > 0 && matches(seen));
    if (injection === undefined) return undefined;
    injection.left -= 1;
    return injection.fault;
  }

  #forward(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    fault: Fault | undefined,
  ): void {
    const { hostname, port } = this.#target;
    const { method, url: path, headers } = request;
    const onward = http.request(
      { hostname, port, method, path, headers, agent: this.#agent },
      (answered) => relay(answered, response, fault),
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}

function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { status, body, headers }: Fault & { readonly kind: 'status' },
): void {
  request.resume().on('end', () => {
    response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body);
  });
}

function relay(
  answered: http.IncomingMessage,
  response: http.ServerResponse,
  fault: Fault | undefined,
): void {
  const pass = () => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  };
  if (fault?.kind === 'lose-answer') response.destroy();
  else if (fault?.kind === 'slow-headers') setTimeout(pass, fault.delayMs);
  else if (fault?.kind === 'truncate-body') passHalf(answered, response, () => response.destroy());
  else if (fault?.kind === 'stall-body') passHalf(answered, response, () => undefined);
  else pass();
}

function passHalf(
  answered: http.IncomingMessage,
  response: http.ServerResponse,
  then: () => void,
): void {
  const chunks: Buffer[] = [];
  answered.on('data', (chunk) => chunks.push(chunk));
  answered.on('end', () => {
    const body = Buffer.concat(chunks);
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    response.write(body.subarray(0, body.length >> 1), then);
  });
}
