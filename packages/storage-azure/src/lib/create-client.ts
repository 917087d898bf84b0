import type { Agent } from 'node:http';
import {
  AnonymousCredential,
  ContainerClient,
  newPipeline,
  type RequestPolicyFactory,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { AzureStorageOptions } from './azure-options.ts';
import { impatientAgent } from './impatient-agent.ts';
import { tokenCredential } from './token-credential.ts';

export interface OwnClient {
  readonly client: ContainerClient;
  close(): void;
}

/** A client with sockets of its own, that gives up on a silent service and tries nothing again. */
export function createClient(options: AzureStorageOptions): OwnClient {
  const { accountName, container, sasToken } = options;
  const endpoint = options.endpoint ?? `https://${accountName}.blob.core.windows.net`;
  const { concurrency = 16, requestTimeoutMs = 30_000, certificateAuthority } = options;
  const agent = impatientAgent(new URL(endpoint).protocol === 'https:', {
    timeoutMs: requestTimeoutMs,
    maxSockets: concurrency,
    certificateAuthority,
  });
  // The client's own retries know neither 429 nor 502 and 504, nor jitter, nor a silent service.
  const pipeline = newPipeline(credentialOf(options), { retryOptions: { maxTries: 1 } });
  pipeline.factories.push(usingAgent(agent));
  const query = sasToken === undefined ? '' : `?${sasToken.replace(/^\?/, '')}`;
  const url = `${endpoint.replace(/\/+$/, '')}/${container}${query}`;
  return { client: new ContainerClient(url, pipeline), close: () => agent.destroy() };
}

function credentialOf({ accountName, accountKey, sasToken, credential }: AzureStorageOptions) {
  if (accountKey !== undefined) return new StorageSharedKeyCredential(accountName!, accountKey);
  return sasToken === undefined ? tokenCredential(credential) : new AnonymousCredential();
}

/** A request that goes through a proxy of the environment has the proxy's agent already. */
function usingAgent(agent: Agent): RequestPolicyFactory {
  return {
    create: (next) => ({
      sendRequest: (request) => {
        request.agent ??= agent;
        return next.sendRequest(request);
      },
    }),
  };
}
