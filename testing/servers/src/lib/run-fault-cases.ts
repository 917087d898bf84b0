import type { StorageProvider } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { createMeteringWriter } from '@metering/writer';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Fault, FaultProxy, type SeenRequest } from './fault-proxy.ts';

const timestamp = 1_755_850_380;
const data = Array.from({ length: 9 }, (_, i) => ({
  logical_cluster_id: `lc-${i}`,
  compute: { value: 2n ** 53n + BigInt(i), unit: 'seconds' },
}));
const expected = data.reduce((sum, { compute }) => sum + compute.value, 0n);
/** Three records a page. */
const pageSizeBytes = 250;

/** What the cases need of a store. */
export interface FaultCaseOptions {
  /** Where the server is. */
  readonly endpoint: string;
  /** Opens an empty store through the proxy, that gives up on silence after half a second. */
  open(proxyEndpoint: string): Promise<StorageProvider>;
  /** An answer of this status, in the store's own form. */
  errorAnswer(status: number, code: string): Fault;
  /** The store's codes for a failure of its own, and for too many requests. */
  readonly codes: { readonly failure: string; readonly slowDown: string };
}

/**
 * Shows for each fault between client and server what a write of a page set, its retry and a read end
 * in: nothing lost, nothing doubled, no false "already exists". To be called in a `describe`.
 */
export function runFaultCases({ endpoint, open, errorAnswer, codes }: FaultCaseOptions): void {
  let proxy: FaultProxy;
  let storage: StorageProvider;

  beforeAll(async () => {
    proxy = await FaultProxy.start(endpoint);
  });
  beforeEach(async () => {
    proxy.reset();
    storage = await open(proxy.endpoint);
    proxy.reset();
  });
  afterAll(() => proxy.stop());

  const failure = errorAnswer(500, codes.failure);
  const slowDown = errorAnswer(503, codes.slowDown);
  const writeFaults: readonly [string, Fault, 'created' | 'unchanged'][] = [
    ['the answer is lost after the store kept the page', { kind: 'lose-answer' }, 'unchanged'],
    ['the connection is reset in the middle of the page', { kind: 'reset-request' }, 'created'],
    ['the answer is too slow', { kind: 'slow-headers', delayMs: 60_000 }, 'unchanged'],
    ['the store fails', failure, 'created'],
    ['the store asks to slow down', slowDown, 'created'],
    ['there are too many requests', errorAnswer(429, codes.slowDown), 'created'],
  ];

  it.each(writeFaults)('a set is written whole and once when %s', async (_, fault, outcome) => {
    proxy.inject(fault, isSecondPagePut);
    const { pages } = await writeSet(storage);
    expect(pages.map((page) => page.outcome)).toEqual(['created', outcome, 'created']);
    expect(await readSet(storage)).toEqual({ parts: [0, 1, 2], total: expected });
  });

  it.each(writeFaults)(
    'a set that fails as %s, again and again, is completed later',
    async (_, fault) => {
      proxy.inject(fault, isSecondPagePut, 1000);
      await expect(writeSet(storage)).rejects.toMatchObject({
        code: 'PARTIAL_WRITE',
        retryable: true,
        pages: [{ part: 0 }],
      });
      proxy.reset();
      const { pages } = await writeSet(storage);
      expect(pages[0]?.outcome).toBe('unchanged');
      expect(await readSet(storage)).toEqual({ parts: [0, 1, 2], total: expected });
    },
  );

  it.each<[string, Fault]>([
    ['breaks off', { kind: 'truncate-body' }],
    ['stalls', { kind: 'stall-body' }],
    ['is too slow to begin', { kind: 'slow-headers', delayMs: 60_000 }],
    ['is an error that may pass', slowDown],
  ])('a page is read whole when its answer %s', async (_, fault) => {
    await writeSet(storage);
    proxy.inject(fault, isSecondPageGet);
    expect(await readSet(storage)).toEqual({ parts: [0, 1, 2], total: expected });
  });

  it('a page that cannot be read fails in a way that may pass', async () => {
    await writeSet(storage);
    proxy.inject({ kind: 'truncate-body' }, isSecondPageGet, 1000);
    await expect(readSet(storage)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  });
}

function isSecondPagePut({ method, url }: SeenRequest): boolean {
  return (method === 'PUT' || method === 'POST') && url.includes('a-1.json');
}

function isSecondPageGet({ method, url }: SeenRequest): boolean {
  return method === 'GET' && url.includes('a-1.json');
}

function writeSet(storage: StorageProvider) {
  const writer = createMeteringWriter({ storage, pageSizeBytes });
  return writer.write({ timestamp, category: 'api', selfId: 'a', data });
}

async function readSet(storage: StorageProvider): Promise<{ parts: number[]; total: bigint }> {
  const reader = createMeteringReader({ storage });
  const parts: number[] = [];
  let total = 0n;
  for await (const info of reader.list({ timestamp })) {
    const page = await reader.read(info);
    parts.push(page.part);
    for (const { compute } of page.data) total += BigInt((compute as { value: bigint }).value);
  }
  return { parts, total };
}
