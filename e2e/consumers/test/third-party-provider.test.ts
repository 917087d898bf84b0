import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StorageProvider, withPrefix } from '@metering/core';
import { FaultProxy, fakeGcs } from '@metering/testing-servers';
import { runFaultCases, runMeteringCases } from '@metering/testing-servers/cases';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { describeOn } from './support/describe-on.ts';
import { type GcsOptions, type GcsProvider, importGcsProvider } from './support/gcs-provider.ts';
import { run } from './support/run.ts';
import { EXAMPLE } from './support/third-party.ts';

const GUIDE = join(EXAMPLE, '../../docs/writing-a-provider.md');
const { folder } = inject('thirdParty');
const COMMENT_OR_NOTHING = /^\s*(\/\/.*|\/\*\*.*\*\/)?$/;
const body = new Uint8Array([1, 2, 3]);
let provider: GcsProvider;

beforeAll(async () => {
  provider = await importGcsProvider(inject('thirdParty'));
});

describe('a provider of a third party', () => {
  it('takes less than 60 lines of code, its conformance test less than 20', async () => {
    expect(await linesOfCode('src/gcs-storage.ts')).toBeLessThan(60);
    expect(await linesOfCode('test/conformance.test.ts')).toBeLessThan(20);
  });

  it('is shown in the guide to its last file', async () => {
    const guide = await readFile(GUIDE, 'utf8');
    const files = await readdir(EXAMPLE, { recursive: true });
    const sources = files.filter((file) => /\.(ts|json)$/.test(file)).map(asShown);
    expect(sources.filter((marker) => !guide.includes(marker))).toEqual([]);
  });

  it('is told of the same server that we test it on', async () => {
    const guide = await readFile(GUIDE, 'utf8');
    const place = { folder: '', port: 4443, accessKeyId: '', secretAccessKey: '' };
    expect(guide).toContain(`go install ${fakeGcs.goPackage}\n`);
    expect(guide).toContain(`${fakeGcs.command} ${fakeGcs.start(place).args.join(' ')}\n`);
  });
});

describeOn('gcs', 'a provider of a third party on its server', ({ bucket, parameters }) => {
  const { endpoint = '' } = parameters;

  const open = (options?: Partial<GcsOptions>): StorageProvider =>
    provider.createGcsStorage({ bucket, apiEndpoint: endpoint, projectId: 'p', ...options });

  it('passes its own tests: the conformance suite, bare and below a prefix, and its driver', async () => {
    const env = { GCS_ENDPOINT: endpoint, FORCE_COLOR: '0' };
    const printed = await run('npm', ['test'], { cwd: folder, env });
    expect(countOf('fail', printed)).toBe(0);
    expect(countOf('pass', printed)).toBeGreaterThan(300);
  });

  describe('request by request', () => {
    let proxy: FaultProxy;
    let storage: StorageProvider;

    beforeAll(async () => {
      proxy = await FaultProxy.start(endpoint);
      storage = open({ apiEndpoint: proxy.endpoint });
    });
    beforeEach(() => proxy.reset());
    afterAll(() => proxy.stop());

    it('takes one to write, to read, to ask, to list and to delete', async () => {
      await storage.put('one', body, { mode: 'create' });
      await storage.put('one', body);
      await storage.get('one', { maxBytes: 10 });
      await storage.head('one');
      for await (const { key } of storage.list({ prefix: 'one' })) expect(key).toBe('one');
      await storage.delete('one');
      const methods = proxy.requests.map(({ method }) => method);
      expect(methods).toEqual(['POST', 'POST', 'GET', 'GET', 'GET', 'DELETE']);
      expect(proxy.requests[0]?.url).toContain('ifGenerationMatch=0');
      expect(proxy.requests[1]?.url).not.toContain('ifGenerationMatch');
    });

    it('takes one more only to tell a missing object from a missing bucket', async () => {
      for (const call of ['get', 'head'] as const) {
        proxy.reset();
        await expect(storage[call]('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
        expect(proxy.requests).toHaveLength(2);
      }
      await storage.delete('none');
    });

    it('says so when the bucket is missing, whatever is asked', async () => {
      const nowhere = open({ bucket: 'no-such-bucket' });
      const calls = [
        () => nowhere.put('k', body),
        () => nowhere.get('k'),
        () => nowhere.head('k'),
        () => nowhere.delete('k'),
        () => nowhere.list()[Symbol.asyncIterator]().next(),
      ];
      for (const call of calls) {
        await expect(call()).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' });
      }
    });

    it('reads no more of an object than it takes to know that it is too large', async () => {
      await storage.put('large', new Uint8Array(1_000_000));
      proxy.reset();
      const call = storage.get('large', { maxBytes: 99 });
      await expect(call).rejects.toMatchObject({ code: 'TOO_LARGE' });
      expect(proxy.requests.map(({ headers }) => headers.range)).toEqual(['bytes=0-99']);
    });
  });

  describe('with the writers and readers', () => {
    runMeteringCases({
      open: async () => withPrefix(open(), crypto.randomUUID()),
    });
  });

  describe('when the network or the service fails', () => {
    runFaultCases({
      endpoint,
      open: async (apiEndpoint) =>
        withPrefix(open({ apiEndpoint, timeout: 500 }), crypto.randomUUID()),
      errorAnswer: (status, reason) => ({
        kind: 'status',
        status,
        body: JSON.stringify({ error: { code: status, message: reason, errors: [{ reason }] } }),
      }),
      codes: { failure: 'backendError', slowDown: 'rateLimitExceeded' },
    });
  });
});

async function linesOfCode(file: string): Promise<number> {
  const source = await readFile(join(folder, file), 'utf8');
  return source.split('\n').filter((line) => !COMMENT_OR_NOTHING.test(line)).length;
}

function asShown(file: string): string {
  return `<!-- snippet: examples/storage-gcs/${file} -->`;
}

/** What the runner of Node counts, in either of its two forms. */
function countOf(outcome: 'pass' | 'fail', printed: string): number {
  return Number(new RegExp(`^. ${outcome} (\\d+)$`, 'm').exec(printed)?.[1]);
}
