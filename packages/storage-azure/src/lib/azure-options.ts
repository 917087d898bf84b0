import { isIP } from 'node:net';
import type { Observers } from '@metering/core';
import {
  checkObservers,
  checkOptionNames,
  describeValue,
  type OptionNames,
} from '@metering/core/building-blocks';
import type { AzureClientLike, AzureTokenCredential } from './azure-client.ts';

/** The observers are told of calls that are made again. */
export interface AzureStorageOptions extends Observers {
  readonly container: string;
  /** The storage account. Needed for an `accountKey`, and without an `endpoint`. */
  readonly accountName?: string | undefined;
  /** One of the account's two keys, in base64 as the portal shows it. */
  readonly accountKey?: string | undefined;
  /** A shared access signature for the container or the account, with or without the `?`. */
  readonly sasToken?: string | undefined;
  /**
   * The account's URL: `https://metering.blob.core.chinacloudapi.cn`, or of Azurite
   * `http://127.0.0.1:10000/devstoreaccount1`. Default `https://{accountName}.blob.core.windows.net`.
   */
  readonly endpoint?: string | undefined;
  /**
   * Gives tokens of Microsoft Entra ID. Default, without `accountKey` and `sasToken`: the
   * `DefaultAzureCredential` of `@azure/identity` (environment, workload and managed identity, Azure CLI, …).
   */
  readonly credential?: AzureTokenCredential | undefined;
  /** A ready `ContainerClient` instead of all options above but `container`. `close()` leaves it open. */
  readonly client?: AzureClientLike | undefined;
  /** Certificates in PEM to trust instead of Node's, for an endpoint with a CA of its own. */
  readonly certificateAuthority?: string | Uint8Array | undefined;
  /** Between two signs of life of the service. Default 30,000. */
  readonly requestTimeoutMs?: number | undefined;
  /**
   * How often a call is made at the most that fails in a way that may pass. Default 5; with a `client`,
   * which tries again as it is told itself, 1.
   */
  readonly attempts?: number | undefined;
  /** Requests under way at once; more wait. Default 16. */
  readonly concurrency?: number | undefined;
}

/** Their names. */
export const AZURE_OPTIONS: OptionNames<AzureStorageOptions> = {
  container: true,
  accountName: true,
  accountKey: true,
  sasToken: true,
  endpoint: true,
  credential: true,
  client: true,
  certificateAuthority: true,
  requestTimeoutMs: true,
  attempts: true,
  concurrency: true,
  logger: true,
  onEvent: true,
};

/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
const CONTAINER_NAME = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const ACCOUNT_NAME = /^[a-z0-9]{3,24}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const CLIENT_EXCLUDES = [
  'accountName',
  'accountKey',
  'sasToken',
  'endpoint',
  'credential',
  'certificateAuthority',
  'requestTimeoutMs',
] as const satisfies readonly (keyof AzureStorageOptions)[];

/** Of which one says how to log in. */
const LOGINS = ['accountKey', 'sasToken', 'credential'] as const;

/** @throws TypeError naming the option that cannot be. */
export function checkAzureOptions(options: AzureStorageOptions): void {
  checkOptionNames('createAzureStorage', options, AZURE_OPTIONS);
  const { container, client } = options;
  if (typeof container !== 'string' || !CONTAINER_NAME.test(container)) {
    throw fault(
      `container must be 3 to 63 lower-case letters, digits and single hyphens, got ${describeValue(container)}`,
    );
  }
  if (client === undefined) checkAccount(options);
  else checkClient(options, client);
  checkNumber('requestTimeoutMs', options.requestTimeoutMs);
  checkNumber('attempts', options.attempts);
  checkNumber('concurrency', options.concurrency);
  checkObservers('createAzureStorage', options);
}

function checkClient(options: AzureStorageOptions, client: AzureClientLike): void {
  const clash = CLIENT_EXCLUDES.find((name) => options[name] !== undefined);
  if (clash !== undefined) throw fault(`${clash} has no effect beside client; leave out one`);
  if (client.containerName === options.container) return;
  throw fault(
    `client is for the container ${describeValue(client.containerName)}, not for ${describeValue(options.container)}`,
  );
}

function checkAccount(options: AzureStorageOptions): void {
  const { accountName, endpoint } = options;
  if (accountName === undefined && endpoint === undefined) {
    throw fault('accountName or endpoint is required');
  }
  if (accountName !== undefined && !ACCOUNT_NAME.test(accountName)) {
    throw fault(
      `accountName must be 3 to 24 lower-case letters and digits, got ${describeValue(accountName)}`,
    );
  }
  if (endpoint !== undefined) checkEndpoint(endpoint);
  checkLogin(options);
}

/** No message shows the endpoint: it may hold a signature. */
function checkEndpoint(endpoint: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw fault('endpoint must be an http(s) URL');
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw fault('endpoint must not hold a query or credentials; give a signature as sasToken');
  }
  if (url.pathname === '/' && isHostWithoutAccount(url.hostname)) {
    throw fault(
      'endpoint must name the account in its path, as in http://127.0.0.1:10000/devstoreaccount1',
    );
  }
}

function isHostWithoutAccount(host: string): boolean {
  return host === 'localhost' || isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}

function checkLogin(options: AzureStorageOptions): void {
  const { accountName, accountKey, sasToken, credential } = options;
  const [first, second] = LOGINS.filter((name) => options[name] !== undefined);
  if (second !== undefined) throw fault(`${second} has no effect beside ${first}; leave out one`);
  if (accountKey !== undefined) {
    if (accountName === undefined) throw fault('accountKey needs accountName');
    if (accountKey !== '' && BASE64.test(accountKey)) return;
    throw fault('accountKey must be the key in base64, as the portal shows it');
  }
  if (sasToken !== undefined) {
    if (/^https?:/i.test(sasToken)) {
      throw fault('sasToken must be the signature alone: what follows the "?" of the URL');
    }
    if (/(^\??|&)sig=./.test(sasToken)) return;
    throw fault('sasToken must be a shared access signature, such as "sv=…&sig=…"');
  }
  if (credential !== undefined && typeof credential.getToken !== 'function') {
    throw fault('credential must have a method getToken');
  }
  if (options.endpoint?.startsWith('http:')) {
    throw fault(
      'a plain http endpoint needs accountKey or sasToken: tokens are sent over https only',
    );
  }
}

function checkNumber(
  name: 'requestTimeoutMs' | 'attempts' | 'concurrency',
  value: number | undefined,
): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return;
  throw fault(`${name} must be an integer from 1, got ${describeValue(value)}`);
}

function fault(problem: string): TypeError {
  return new TypeError(`createAzureStorage: ${problem}`);
}
