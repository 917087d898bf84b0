import type { StorageProvider } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { type Fault, FaultProxy, type SeenRequest } from '@metering/testing-servers';
import { createMeteringWriter } from '@metering/writer';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createS3Storage, type S3StorageOptions } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const timestamp = 1_755_850_380;
const data = Array.from({ length: 9 }, (_, i) => ({
  logical_cluster_id: `lc-${i}`,
  compute: { value: 2n ** 53n + BigInt(i), unit: 'seconds' },
}));
const expected = data.reduce((sum, { compute }) => sum + compute.value, 0n);

const errorBody = (code: string) => `<Error><Code>${code}</Code><Message>m</Message></Error>`;
const status = (value: number, code: string): Fault => ({
  kind: 'status',
  status: value,
  body: errorBody(code),
});

const writeFaults: readonly [string, Fault, 'created' | 'unchanged'][] = [
  ['the answer is lost after the store kept the page', { kind: 'lose-answer' }, 'unchanged'],
  ['the connection is reset in the middle of the page', { kind: 'reset-request' }, 'created'],
  ['the answer is too slow', { kind: 'slow-headers', delayMs: 60_000 }, 'unchanged'],
  ['the store fails', status(500, 'InternalError'), 'created'],
  ['the store asks to slow down', status(503, 'SlowDown'), 'created'],
  ['the store counts too many requests', status(429, 'TooManyRequests'), 'created'],
];

describeEachServer('faults', ({ endpoint, newBucket }) => {
  let proxy: FaultProxy;
  let options: S3StorageOptions;
  let storage: StorageProvider;

  beforeAll(async () => {
    proxy = await FaultProxy.start(endpoint);
  });
  beforeEach(async () => {
    proxy.reset();
    const faultless = await newBucket();
    options = { ...faultless, endpoint: proxy.endpoint, exclusiveCreate: true };
    storage = createS3Storage({ ...options, requestTimeoutMs: 500 });
  });
  afterAll(() => proxy.stop());

  const secondPage = ({ method, url }: SeenRequest) => method === 'PUT' && url.includes('a-1.json');
  const write = () =>
    createMeteringWriter({ storage, pageSizeBytes: 250 }).write({
      ...{ timestamp, category: 'api', selfId: 'a' },
      data,
    });

  async function readBack(): Promise<{ parts: number[]; total: bigint }> {
    const reader = createMeteringReader({ storage });
    const parts: number[] = [];
    let total = 0n;
    for await (const info of reader.list({ timestamp })) {
      const page = await reader.read(info);
      parts.push(page.part);
      for (const record of page.data) {
        total += BigInt((record.compute as { value: bigint }).value);
      }
    }
    return { parts, total };
  }

  it.each(writeFaults)('a set is written whole and once when %s', async (_, fault, outcome) => {
    proxy.inject(fault, secondPage);
    const { pages } = await write();
    expect(pages.map((page) => page.outcome)).toEqual(['created', outcome, 'created']);
    expect(await readBack()).toEqual({ parts: [0, 1, 2], total: expected });
  });

  it.each(writeFaults)(
    'a set that fails because %s, again and again, is completed by writing it again',
    async (_, fault) => {
      proxy.inject(fault, secondPage, 100);
      await expect(write()).rejects.toMatchObject({
        code: 'PARTIAL_WRITE',
        retryable: true,
        pages: [{ part: 0 }],
      });
      proxy.reset();
      const { pages } = await write();
      expect(pages.map((page) => page.part)).toEqual([0, 1, 2]);
      expect(pages[0]?.outcome).toBe('unchanged');
      expect(await readBack()).toEqual({ parts: [0, 1, 2], total: expected });
    },
  );

  it.each<[string, Fault]>([
    ['breaks off', { kind: 'truncate-body' }],
    ['stalls', { kind: 'stall-body' }],
    ['is too slow to begin', { kind: 'slow-headers', delayMs: 60_000 }],
    ['is an error that may pass', status(503, 'SlowDown')],
  ])('a page is read whole when its answer %s', async (_, fault) => {
    await write();
    proxy.inject(fault, ({ method, url }) => method === 'GET' && url.includes('a-1.json'));
    expect(await readBack()).toEqual({ parts: [0, 1, 2], total: expected });
  });

  it('a page that cannot be read says so, and is not taken for another', async () => {
    await write();
    proxy.inject({ kind: 'truncate-body' }, ({ url }) => url.includes('a-1.json'), 100);
    await expect(readBack()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  });
});
