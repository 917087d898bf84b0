import type { StorageProvider } from '@metering/core';
import { type Fault, FaultProxy } from '@metering/testing-servers';
import type { AzureContainer } from '@metering/testing-servers/azure';
import { runFaultCases } from '@metering/testing-servers/cases';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  it,
  vi,
} from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer, through } from './new-container.ts';

const errorAnswer = (status: number, code: string): Fault => ({
  kind: 'status',
  status,
  body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>m</Message></Error>`,
});

describe('faults', () => {
  runFaultCases({
    endpoint: inject('azurite').endpoint,
    open: async (proxyEndpoint) =>
      createAzureStorage({
        ...through(proxyEndpoint, await newContainer()),
        requestTimeoutMs: 500,
      }),
    errorAnswer,
    codes: { failure: 'InternalError', slowDown: 'ServerBusy' },
  });
});

describe('what the client itself would not try again', () => {
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const body = new Uint8Array(2_000_000).fill(1);
  let proxy: FaultProxy;
  let options: AzureContainer;
  let storage: StorageProvider;

  beforeAll(async () => {
    proxy = await FaultProxy.start(inject('azurite').endpoint);
    options = through(proxy.endpoint, await newContainer());
  });
  beforeEach(() => {
    storage = createAzureStorage({ ...options, requestTimeoutMs: 500, logger });
    proxy.reset();
    vi.clearAllMocks();
  });
  afterEach(() => storage.close());
  afterAll(() => proxy.stop());

  it.each<[string, Fault]>([
    ['too many requests', { kind: 'status', status: 429, body: '' }],
    ['a gateway that fails', { kind: 'status', status: 502, body: 'Bad gateway' }],
    ['a gateway that waits in vain', { kind: 'status', status: 504, body: 'Gateway timeout' }],
    ['an operation that took too long', errorAnswer(500, 'OperationTimedOut')],
    ['a service that is silent', { kind: 'slow-headers', delayMs: 60_000 }],
  ])('%s is tried again, and told', async (_, fault) => {
    proxy.inject(fault, () => true, 2);
    await storage.put('k', body);
    expect(proxy.requests).toHaveLength(3);
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it.each<[string, Fault]>([
    ['breaks off', { kind: 'truncate-body' }],
    ['stalls', { kind: 'stall-body' }],
  ])('a listing whose answer %s is complete', async (_, fault) => {
    await Promise.all(['a', 'b', 'c'].map((key) => storage.put(`list/${key}`, body)));
    proxy.inject(fault, ({ url }) => url.includes('comp=list'));
    const listed: string[] = [];
    for await (const { key } of storage.list({ prefix: 'list/' })) listed.push(key);
    expect(listed).toEqual(['list/a', 'list/b', 'list/c']);
  });

  it('is given up after as many attempts as are allowed', async () => {
    await using hasty = createAzureStorage({ ...options, attempts: 2 });
    proxy.inject({ kind: 'status', status: 503, body: '' }, () => true, 100);
    await expect(hasty.get('k')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(proxy.requests).toHaveLength(2);
  });

  it('an object that is replaced while it is read is read again whole, never half old and half new', async () => {
    await using patient = createAzureStorage({ ...options, requestTimeoutMs: 2_000 });
    await patient.put('k', body);
    const fresh = new Uint8Array(3_000_000).fill(2);
    proxy.reset();
    proxy.inject({ kind: 'stall-body' });
    const reading = patient.get('k');
    await vi.waitFor(() => expect(proxy.requests).toHaveLength(1));
    await patient.put('k', fresh);
    expect(Buffer.compare(await reading, fresh)).toBe(0);
    expect(proxy.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET']);
    for (const { headers } of proxy.requests) expect(headers['x-ms-range']).toBeUndefined();
  });
});
