import { inspect } from 'node:util';
import { ContainerClient } from '@azure/storage-blob';
import { describe, expect, it } from 'vitest';
import { type AzureStorageOptions, createAzureDriver, createAzureStorage } from '../src/index.ts';

const client = new ContainerClient('https://acct.blob.core.windows.net/usage');
const credential = { getToken: async () => null };
const account = { accountName: 'acct', accountKey: 'a2V5' };

describe('options that cannot be are a TypeError that names them', () => {
  it.each<[string, Partial<AzureStorageOptions>, string]>([
    ['no container', { container: '' }, 'container'],
    ['a container of two letters', { container: 'ab' }, 'container'],
    ['a container in capitals', { container: 'Usage' }, 'container'],
    ['a container with two hyphens in a row', { container: 'us--age' }, 'container'],
    ['a container that ends in a hyphen', { container: 'usage-' }, 'container'],
    ['a container of 64 letters', { container: 'x'.repeat(64) }, 'container'],
    ['a path for a container', { container: '../other' }, 'container'],
    ['neither account nor endpoint', {}, 'accountName'],
    ['an account that is a host', { accountName: 'evil.example/' }, 'accountName'],
    ['an endpoint that is no URL', { endpoint: 'acct.blob.core.windows.net' }, 'endpoint'],
    ['an endpoint of another protocol', { endpoint: 'ftp://host/acct' }, 'endpoint'],
    ['an endpoint with a signature', { endpoint: 'https://h/?sv=1&sig=planted' }, 'sasToken'],
    ['an endpoint with a password', { endpoint: 'https://u:planted@host/' }, 'endpoint'],
    ['an emulator without its account', { ...account, endpoint: 'http://127.0.0.1:1' }, 'path'],
    ['the same on localhost', { ...account, endpoint: 'http://localhost:1/' }, 'path'],
    ['a key without an account', { accountKey: 'a2V5', endpoint: 'https://host' }, 'accountName'],
    ['a key that is not base64', { accountName: 'acct', accountKey: 'planted!' }, 'base64'],
    ['a key that is empty', { accountName: 'acct', accountKey: '' }, 'base64'],
    ['a signature without one', { accountName: 'acct', sasToken: 'sv=planted' }, 'sasToken'],
    [
      'a URL with a signature',
      { accountName: 'acct', sasToken: 'https://acct.blob.core.windows.net/c?sv=1&sig=planted' },
      'sasToken must be the signature alone',
    ],
    ['a key and a signature', { ...account, sasToken: 'sig=x' }, 'sasToken'],
    ['a key and a credential', { ...account, credential }, 'credential'],
    ['a credential that is none', { accountName: 'acct', credential: {} as never }, 'getToken'],
    ['tokens over http', { endpoint: 'http://host', credential }, 'https'],
    ['tokens over http, by default', { endpoint: 'http://host' }, 'https'],
    ['an account beside a client', { client, accountName: 'acct' }, 'accountName'],
    ['a key beside a client', { client, accountKey: 'a2V5' }, 'accountKey'],
    ['an endpoint beside a client', { client, endpoint: 'https://host' }, 'endpoint'],
    ['a client of another container', { client, container: 'other' }, 'usage'],
    ['no requests at all', { ...account, concurrency: 0 }, 'concurrency'],
    ['a time-out of 0', { ...account, requestTimeoutMs: 0 }, 'requestTimeoutMs'],
    ['a logger without methods', { ...account, logger: {} as never }, 'logger'],
    ['half an attempt', { ...account, attempts: 0.5 }, 'attempts'],
  ])('%s', (_, options, name) => {
    const error = thrownBy(() => createAzureStorage({ container: 'usage', ...options }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain(name);
    expect(inspect(error)).not.toContain('planted');
  });
});

describe('options that can be', () => {
  it.each<[string, Partial<AzureStorageOptions>]>([
    ['an account and its key', account],
    ['an account and a signature', { accountName: 'acct', sasToken: '?sv=1&sig=x' }],
    ['an account alone', { accountName: 'acct' }],
    ['an endpoint alone', { endpoint: 'https://acct.blob.core.chinacloudapi.cn/' }],
    ['a client alone', { client }],
    ['the shortest container', { ...account, container: '0-a' }],
  ])('%s', async (_, options) => {
    const storage = createAzureStorage({ container: 'usage', ...options });
    expect(storage.name).toBe('azure');
    expect(storage.capabilities).toEqual({ exclusiveCreate: true, listOrder: 'utf16' });
    await storage.close();
  });
});

// A misspelt option was as if not given: usage went where nobody looked for it.
describe('an option that there is not is a TypeError that says which there are', () => {
  it.each<[string, (options: never) => unknown, object, string]>([
    [
      'createAzureStorage',
      createAzureStorage,
      { container: 'usage', prefx: 'a' },
      'createAzureStorage: there is no option prefx, only container, accountName,',
    ],
    [
      'createAzureDriver',
      createAzureDriver,
      { atempts: 3 },
      'createAzureDriver: there is no option atempts, only accountName,',
    ],
    [
      'createAzureDriver, of what a configuration says',
      createAzureDriver,
      { container: 'usage' },
      'createAzureDriver: there is no option container, only accountName,',
    ],
  ])('%s', (_, create, options, message) => {
    expect(() => create(options as never)).toThrow(TypeError);
    expect(() => create(options as never)).toThrow(message);
  });

  it.each([undefined, null, 'usage', Promise.resolve({ container: 'usage' })])(
    'options are an object, not %o',
    (options) => {
      expect(() => createAzureStorage(options as never)).toThrow(
        'createAzureStorage: options must be an object, got',
      );
    },
  );
});

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
