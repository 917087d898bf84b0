import type { StorageProvider } from '@metering/core';
import { FaultProxy } from '@metering/testing-servers';
import { storageFailure } from '@metering/testing-servers/cases';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOssStorage } from '../src/index.ts';
import { account } from './new-bucket.ts';

const more = '<IsTruncated>true</IsTruncated>';
const token = '<NextContinuationToken>t</NextContinuationToken>';

function object(key: string): string {
  return `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00Z</LastModified><Size>1</Size></Contents>`;
}

async function listAll(storage: StorageProvider): Promise<void> {
  for await (const { key } of storage.list()) expect(key).toMatch(/^[ab]$/);
}

/** A store that takes the token for nothing lists its first page for ever: so much usage more each time. */
describe('a listing that cannot be relied on is a failure', () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start('http://127.0.0.1:1');
  });
  beforeEach(() => proxy.reset());
  afterAll(() => proxy.stop());

  it.each([
    ['says that there is more, but not where', more + object('a'), 'where it goes on', 1],
    ['gives its page again', more + token + object('a'), 'out of order, or twice', 2],
    ['gives an empty page again and again', more + token, 'does not go on', 2],
    ['goes back', object('b') + object('a'), 'out of order, or twice', 1],
    ['has a key twice', object('a') + object('a'), 'out of order, or twice', 1],
    ['has no sizes', '<Contents><Key>a</Key></Contents>', 'how large', 1],
  ])('%s', async (_, inner, problem, requests) => {
    const body = `<ListBucketResult><Name>usage</Name><KeyCount>1</KeyCount>${inner}</ListBucketResult>`;
    const headers = { 'x-oss-request-id': 'r' };
    proxy.inject({ kind: 'status', status: 200, body, headers }, () => true, 10);
    await using storage = createOssStorage({
      ...{ bucket: 'usage', region: 'cn-hangzhou', endpoint: proxy.endpoint },
      credentials: account,
    });
    const error = await storageFailure(listAll(storage));
    expect(error).toMatchObject({ code: 'UNSUPPORTED', retryable: false, operation: 'list' });
    expect(error.message).toContain(problem);
    expect(proxy.requests).toHaveLength(requests);
  });
});
