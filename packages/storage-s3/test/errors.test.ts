import { inspect } from 'node:util';
import { type Fault, FaultProxy } from '@metering/testing-servers';
import { callStorage, operations, storageFailure } from '@metering/testing-servers/cases';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createS3Storage, type S3StorageOptions } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const body = new Uint8Array([1, 2, 3]);

describeEachServer('errors', ({ newBucket }) => {
  it.each(operations)('a missing bucket is CONTAINER_NOT_FOUND for %s', async (operation) => {
    const options = await newBucket();
    await using storage = createS3Storage({ ...options, bucket: 'no-such-bucket-here' });
    const error = await storageFailure(callStorage(storage, operation));
    expect(error).toMatchObject({ code: 'CONTAINER_NOT_FOUND', operation, provider: 's3' });
    expect(error.message).toContain('"no-such-bucket-here"');
  });

  it('a missing key is NOT_FOUND for get and head', async () => {
    await using storage = createS3Storage(await newBucket());
    expect(await storageFailure(storage.get('a/b'))).toMatchObject({
      code: 'NOT_FOUND',
      key: 'a/b',
    });
    expect(await storageFailure(storage.head('a/b'))).toMatchObject({
      code: 'NOT_FOUND',
      key: 'a/b',
    });
  });

  it.each(operations)(
    'a wrong secret and an unknown key are UNAUTHENTICATED for %s',
    async (operation) => {
      const options = await newBucket();
      const { accessKeyId } = options.credentials;
      for (const credentials of [
        { accessKeyId, secretAccessKey: 'planted-wrong-secret' },
        { accessKeyId: 'PLANTEDUNKNOWNKEY', secretAccessKey: 'planted-wrong-secret' },
      ]) {
        await using storage = createS3Storage({ ...options, credentials });
        const error = await storageFailure(callStorage(storage, operation));
        expect(error.code, inspect(error)).toBe('UNAUTHENTICATED');
      }
    },
  );

  it('shows no secret, signature or session token anywhere in an error', async () => {
    const options = await newBucket();
    const credentials = {
      accessKeyId: 'PLANTEDKEY',
      secretAccessKey: 'planted-secret',
      sessionToken: 'planted-session-token',
    };
    await using storage = createS3Storage({ ...options, credentials });
    for (const operation of operations) {
      const error = await storageFailure(callStorage(storage, operation));
      const shown = inspect(error, { depth: 20, showHidden: true }) + error.stack;
      expect(shown).not.toMatch(/planted-secret|planted-session|Signature=|AWS4-HMAC/);
    }
  });

  it('a port where nobody listens is UNAVAILABLE and may pass', async () => {
    const options = await newBucket();
    await using storage = createS3Storage({ ...options, endpoint: 'http://127.0.0.1:1' });
    const error = await storageFailure(storage.get('a'));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(error.message).toContain('the store at 127.0.0.1:1 cannot be reached');
  });
});

describe('what is missing before any request is named', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('a region', async () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    for (const assumeRoleArn of [undefined, 'arn:aws:iam::123456789012:role/metering']) {
      await using storage = createS3Storage({ bucket: 'usage', credentials, assumeRoleArn });
      const error = await storageFailure(storage.get('a'));
      expect(error.message).toContain('set the option region');
    }
  });

  it('credentials', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    await using storage = createS3Storage({ bucket: 'usage', endpoint: 'http://127.0.0.1:1' });
    const error = await storageFailure(storage.get('a'));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(error.message).toContain('no credentials were given');
  });
});

/** An endpoint that is mistyped, or the page of a proxy: it must not read as "no usage". */
describe('what answers without being a store', () => {
  const page = '<html><body>Sign in</body></html>';

  it.each([
    ...operations.map((operation) => [operation, 404, page] as const),
    ...operations.map((operation) => [operation, 404, ''] as const),
    ...(['put', 'get', 'head', 'list'] as const).flatMap((operation) => [
      [operation, 200, page] as const,
      [operation, 200, ''] as const,
    ]),
  ])(
    'is no missing object, no empty listing and no success: %s, HTTP %i',
    async (operation, status, text) => {
      const proxy = await FaultProxy.start('http://127.0.0.1:1');
      proxy.inject({ kind: 'status', status, body: text }, () => true, 100);
      await using storage = createS3Storage({
        ...{ bucket: 'usage', endpoint: proxy.endpoint, forcePathStyle: true },
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      });
      const error = await storageFailure(callStorage(storage, operation));
      expect(error).toMatchObject({ code: 'UNKNOWN', retryable: false });
      expect(error.message).toContain('check the endpoint');
      await proxy.stop();
    },
  );
});

describe('what an answer cannot mean', () => {
  const failure = async (
    operation: (typeof operations)[number],
    fault: { readonly status: number; readonly body: string; readonly headers?: object },
    options: Partial<S3StorageOptions> = {},
  ) => {
    const proxy = await FaultProxy.start('http://127.0.0.1:1');
    proxy.inject({ kind: 'status', ...fault } as Fault, () => true, 100);
    await using storage = createS3Storage({
      ...{ bucket: 'usage', endpoint: proxy.endpoint, forcePathStyle: true },
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      ...options,
    });
    return await storageFailure(callStorage(storage, operation)).finally(() => proxy.stop());
  };
  const named = (code: string) => `<Error><Code>${code}</Code><Message>m</Message></Error>`;

  it('an object without a size is not an empty one', async () => {
    const headers = { etag: '"e"', 'transfer-encoding': 'chunked' };
    const error = await failure('head', { status: 200, body: '', headers });
    expect(error).toMatchObject({ code: 'UNKNOWN', operation: 'head' });
    expect(error.message).toContain('how large');
  });

  it.each(['get', 'head', 'delete', 'list'] as const)('an object exists: %s', async (operation) => {
    const error = await failure(operation, { status: 412, body: named('PreconditionFailed') });
    expect(error).toMatchObject({ code: 'UNKNOWN', retryable: false });
  });

  it('an object is missing: list', async () => {
    const error = await failure('list', { status: 404, body: named('NoSuchKey') });
    expect(error).toMatchObject({ code: 'UNKNOWN', retryable: false });
  });

  // A delete of what is missing succeeds, and to read it is no usage.
  it.each([
    ...operations.map((operation) => [operation, 404, 'NoSuchKey'] as const),
    ['put', 412, 'PreconditionFailed'] as const,
    ['get', 404, 'NoSuchBucket'] as const,
  ])('an object, of what STS says of a role: %s, HTTP %i %s', async (operation, status, code) => {
    const body = `<ErrorResponse>${named(code)}</ErrorResponse>`;
    const error = await failure(operation, { status, body }, { assumeRoleArn: 'arn:a:b' });
    expect(error).toMatchObject({ code: 'UNKNOWN', retryable: false, operation });
    expect(error.message).toContain(`the role arn:a:b could not be taken on`);
    expect(error.message).toContain('stsEndpoint');
    expect(error.message).toContain(code);
  });

  it('credentials, where STS gives none', async () => {
    const page = { status: 200, body: '<html><body>Sign in</body></html>' };
    const error = await failure('get', page, { assumeRoleArn: 'arn:a:b' });
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(error.message).toContain('the role arn:a:b could not be taken on');
    expect(error.message).toContain('stsEndpoint');
  });
});

describeEachServer('refusals that have a status, but another name', ({ endpoint, newBucket }) => {
  it.each([
    [400, 'RequestTimeout', 'UNAVAILABLE', true],
    [408, '', 'UNAVAILABLE', true],
    [400, 'InvalidBucketName', 'CONTAINER_NOT_FOUND', false],
    [413, '', 'TOO_LARGE', false],
  ])('%i %s is %s', async (status, name, code, retryable) => {
    const proxy = await FaultProxy.start(endpoint);
    const body = name && `<Error><Code>${name}</Code><Message>m</Message></Error>`;
    proxy.inject({ kind: 'status', status, body }, () => true, 100);
    await using storage = createS3Storage({ ...(await newBucket()), endpoint: proxy.endpoint });
    expect(await storageFailure(storage.get('a'))).toMatchObject({ code, retryable });
    await proxy.stop();
  });

  it.each(['accessKeyId', 'sessionToken'])('a line break in the %s is told, once', async (name) => {
    const options = await newBucket();
    const credentials = { ...options.credentials, [name]: 'planted\n' };
    await using storage = createS3Storage({ ...options, credentials });
    const error = await storageFailure(storage.get('a'));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    expect(error.message).toContain('line break');
    expect(inspect(error)).not.toContain('planted');
  });
});

describeEachServer(
  'errors of a store on a folder',
  ({ newBucket }) => {
    it('a key below an object is INVALID_KEY', async () => {
      await using storage = createS3Storage(await newBucket());
      await storage.put('a', body);
      expect(await storageFailure(storage.put('a/x', body))).toMatchObject({ code: 'INVALID_KEY' });
    });
  },
  ['versitygw'],
);
