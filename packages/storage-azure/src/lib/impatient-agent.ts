import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

export interface ImpatientAgentOptions {
  /** Between two signs of life. */
  readonly timeoutMs: number;
  readonly maxSockets: number;
  readonly certificateAuthority: string | Uint8Array | undefined;
}

/** Sockets that are kept for the next request, and that end when nothing comes or goes for a time. */
export function impatientAgent(secure: boolean, options: ImpatientAgentOptions): http.Agent {
  const { timeoutMs, maxSockets, certificateAuthority: ca } = options;
  const sockets = { keepAlive: true, maxSockets, timeout: timeoutMs };
  if (!secure) return ended(new http.Agent(sockets), timeoutMs);
  const agent = new https.Agent(ca === undefined ? sockets : { ...sockets, ca: Buffer.from(ca) });
  return ended(agent, timeoutMs);
}

/** Node tells that a socket is silent, and leaves it at that. */
function ended(agent: http.Agent, timeoutMs: number): http.Agent {
  const connect = agent.createConnection;
  agent.createConnection = (...args): Duplex | null | undefined => {
    const socket = connect.apply(agent, args);
    return socket?.on('timeout', () => socket.destroy(new Silence(timeoutMs)));
  };
  return agent;
}

class Silence extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(timeoutMs: number) {
    super(`no sign of life from the service for ${timeoutMs} ms`);
  }
}
