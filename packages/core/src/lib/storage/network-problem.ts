/** What an error of Node's network carries, of which nothing is sure. */
interface NetworkError {
  readonly code?: unknown;
  /** Where a name was looked up. */
  readonly hostname?: unknown;
  /** Where a connection was tried. */
  readonly address?: unknown;
  readonly port?: unknown;
}

const NO_WAY = /^(EAI_AGAIN|ECONNREFUSED|EHOSTDOWN|EHOSTUNREACH|ENETDOWN|ENETUNREACH|ENOTFOUND)$/;
const NO_TRUST = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
const NO_TLS = /^(EPROTO$|ERR_SSL_)/;

/**
 * What is wrong with the way to a store, and what to do, for an error of Node's network; undefined for any
 * other. It names the host, if the error or the caller knows it.
 */
export function networkProblem(error: unknown, knownHost?: string): string | undefined {
  const { code = '', hostname, address, port } = (error ?? {}) as NetworkError;
  const name = String(code);
  const host = hostname ?? (address === undefined ? knownHost : `${address}:${port}`);
  const there = host === undefined ? 'the store' : `the store at ${host}`;
  if (NO_WAY.test(name)) return `${there} cannot be reached; check the endpoint and the network`;
  if (NO_TRUST.test(name)) return `the certificate of ${there} is not trusted`;
  return NO_TLS.test(name) ? `${there} speaks no TLS; is its endpoint http://?` : undefined;
}

/** Whether there is no TLS that both sides trust: to ask again does not help. (`EPROTO` may pass.) */
export function isBrokenTls(error: unknown): boolean {
  const name = String((error as NetworkError | null | undefined)?.code);
  return NO_TRUST.test(name) || name.startsWith('ERR_SSL_');
}
