import { inspect } from 'node:util';
import type { StorageErrorCode } from '@metering/core';
import { FaultProxy } from '@metering/testing-servers';
import { callStorage, operations, storageFailure } from '@metering/testing-servers/cases';
import { afterEach, expect, inject, it, vi } from 'vitest';
import { type AzureStorageOptions, createAzureStorage } from '../src/index.ts';
import { newContainer, through } from './new-container.ts';

const refusal = (code: string) =>
  `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>m</Message></Error>`;

afterEach(() => {
  vi.useRealTimers();
});

it.each(operations)(
  'a missing container is CONTAINER_NOT_FOUND for %s, not an absent file',
  async (operation) => {
    const options = { ...(await newContainer()), container: 'no-such-container' };
    await using storage = createAzureStorage(options);
    const error = await storageFailure(callStorage(storage, operation));
    expect(error).toMatchObject({ code: 'CONTAINER_NOT_FOUND', operation, provider: 'azure' });
    expect(error.message).toContain('"no-such-container"');
  },
);

it('a missing key is NOT_FOUND for get and head', async () => {
  await using storage = createAzureStorage(await newContainer());
  expect(await storageFailure(storage.get('a/b'))).toMatchObject({ code: 'NOT_FOUND', key: 'a/b' });
  expect(await storageFailure(storage.head('a/b'))).toMatchObject({
    code: 'NOT_FOUND',
    key: 'a/b',
  });
});

it.each<[string, number, StorageErrorCode]>([
  ['AuthenticationFailed', 403, 'UNAUTHENTICATED'],
  ['NoAuthenticationInformation', 401, 'UNAUTHENTICATED'],
  ['KeyBasedAuthenticationNotPermitted', 403, 'UNAUTHENTICATED'],
  ['AuthorizationPermissionMismatch', 403, 'PERMISSION_DENIED'],
  ['AuthorizationFailure', 403, 'PERMISSION_DENIED'],
  ['AccountIsDisabled', 403, 'PERMISSION_DENIED'],
  ['ResourceNotFound', 404, 'PERMISSION_DENIED'],
  ['SomethingNotFound', 404, 'UNKNOWN'],
  ['BlobArchived', 409, 'UNSUPPORTED'],
  ['InvalidUri', 400, 'INVALID_KEY'],
  ['RequestBodyTooLarge', 413, 'TOO_LARGE'],
  ['InvalidHeaderValue', 400, 'UNKNOWN'],
])('%s (HTTP %i) is %s, and is not tried again', async (name, status, code) => {
  const proxy = await FaultProxy.start(inject('azurite').endpoint);
  await using storage = createAzureStorage(through(proxy.endpoint, await newContainer()));
  proxy.inject({ kind: 'status', status, body: refusal(name) });
  const error = await storageFailure(storage.get('a'));
  expect(error).toMatchObject({
    code,
    retryable: false,
    cause: { code: name, httpStatus: status },
  });
  expect(error.message).toContain(name);
  expect(proxy.requests).toHaveLength(1);
  await proxy.stop();
});

it.each<[string, Record<string, string>]>([
  ['the page of a proxy', { 'content-length': '33' }],
  [
    'an object without a size',
    { 'x-ms-request-id': 'r', etag: '"e"', 'transfer-encoding': 'chunked' },
  ],
])('%s does not say of an object that it is there', async (_, headers) => {
  const proxy = await FaultProxy.start(inject('azurite').endpoint);
  await using storage = createAzureStorage(through(proxy.endpoint, await newContainer()));
  proxy.inject({ kind: 'status', status: 200, body: '', headers });
  const error = await storageFailure(storage.head('a'));
  expect(error).toMatchObject({ code: 'UNKNOWN', retryable: false, operation: 'head' });
  expect(error.message).toContain('check the endpoint');
  await proxy.stop();
});

it('credentials that are refused because the clock is off are CLOCK_SKEW', async () => {
  const proxy = await FaultProxy.start(inject('azurite').endpoint);
  await using storage = createAzureStorage(through(proxy.endpoint, await newContainer()));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  const refused = { kind: 'status', status: 403, body: refusal('AuthenticationFailed') } as const;
  proxy.inject(refused);
  expect(await storageFailure(storage.get('a'))).toMatchObject({ code: 'CLOCK_SKEW' });
  vi.useRealTimers();
  proxy.inject(refused);
  expect(await storageFailure(storage.get('a'))).toMatchObject({ code: 'UNAUTHENTICATED' });
  await proxy.stop();
});

it.each<[string, Partial<AzureStorageOptions>]>([
  ['key', { accountKey: Buffer.from('planted-secret').toString('base64') }],
  ['signature', { accountKey: undefined, sasToken: 'sv=2024-11-04&sp=r&sig=planted%2Bsignature' }],
])('shows nothing of a wrong %s anywhere in an error', async (_, login) => {
  await using storage = createAzureStorage({ ...(await newContainer()), ...login });
  for (const operation of operations) {
    const error = await storageFailure(callStorage(storage, operation));
    expect(error.code).toMatch(/UNAUTHENTICATED|PERMISSION_DENIED/);
    expectNoSecret(error);
  }
});

it('shows nothing of a signature where the service cannot be reached', async () => {
  const sasToken = 'sv=2024-11-04&sp=r&sig=planted%2Bsignature';
  for (const endpoint of ['http://127.0.0.1:1/acct', 'http://no-such-host.invalid']) {
    await using storage = createAzureStorage({
      ...{ container: 'usage', endpoint, sasToken, attempts: 2 },
      logger: { debug: expectNoSecret, info: expectNoSecret, warn: expectNoSecret, error: fail },
    });
    for (const operation of operations) {
      const error = await storageFailure(callStorage(storage, operation));
      expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expect(error.message).toContain(`the store at ${new URL(endpoint).host} cannot be reached`);
      expectNoSecret(error);
    }
  }
});

function expectNoSecret(error: unknown): void {
  const stack = error instanceof Error ? error.stack : '';
  const shown = inspect(error, { depth: 20, showHidden: true }) + stack;
  expect(shown).not.toMatch(/planted|cGxhbnRl|sig=|SharedKey|Bearer/);
}

function fail(): never {
  throw new Error('not called');
}
