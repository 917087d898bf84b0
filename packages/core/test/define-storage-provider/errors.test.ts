import { describe, expect, it } from 'vitest';
import { type StorageBackend, StorageError } from '../../src/index.ts';
import { caught } from '../support/caught.ts';
import { collect } from '../support/collect.ts';
import { calls, provider } from '../support/fake-provider.ts';

const body = new Uint8Array([1, 2, 3]);

describe('an error of the backend', () => {
  const failure = new Error('the socket died');
  const failing = (rest: Partial<StorageBackend> = {}) => {
    const fail = () => Promise.reject(failure);
    return provider({
      put: fail,
      get: fail,
      head: fail,
      delete: fail,
      list: () => ({ [Symbol.asyncIterator]: () => ({ next: fail }) }),
      ...rest,
    });
  };

  it.each(calls)('is wrapped once: %s', async (operation, call) => {
    const seen: unknown[] = [];
    const storage = failing({
      classifyError: (error, context) => {
        seen.push([error, context]);
        return { code: 'UNAVAILABLE', message: 'the network is down; try again' };
      },
    });
    const error = await caught(() => call(storage));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      provider: 'fake',
      operation,
      key: 'k',
      message: `fake ${operation} "k": the network is down; try again`,
      cause: failure,
    });
    expect(seen).toEqual([[failure, { operation, key: 'k' }]]);
  });

  it.each(calls)('is UNKNOWN where nobody knows it: %s', async (operation, call) => {
    const error = await caught(() => call(failing()));
    expect(error).toMatchObject({
      code: 'UNKNOWN',
      retryable: false,
      message: `fake ${operation} "k": the socket died`,
      cause: failure,
    });
  });

  it('keeps the cause and the retry that the backend says, and no other', async () => {
    const storage = failing({
      classifyError: () => ({ code: 'UNAVAILABLE', retryable: false, cause: undefined }),
    });
    const error = await caught(() => storage.get('k'));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: false });
    expect(Object.hasOwn(error as object, 'cause')).toBe(false);
  });

  it('shows nothing of a client’s error that the backend says beside its class', async () => {
    const clientError = Object.assign(new Error('401'), { request: { authorization: 'secret' } });
    const storage = failing({
      get: () => Promise.reject(clientError),
      classifyError: (error) => ({ ...(error as object), code: 'UNAUTHENTICATED' }),
    });
    const error = await caught(() => storage.get('k'));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', cause: clientError });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('is passed on as it is where it is a StorageError already', async () => {
    const known = new StorageError({
      code: 'NO_SPACE',
      message: 'full',
      provider: 'inner',
      operation: 'put',
    });
    const storage = failing({ put: () => Promise.reject(known) });
    expect(await caught(() => storage.put('k', body))).toBe(known);
  });

  it('is wrapped where it is thrown instead of rejected, and whatever is thrown', async () => {
    const storage = provider({
      get: () => {
        throw failure;
      },
      head: () => Promise.reject('just text'),
      list: () => {
        throw failure;
      },
    });
    expect(await caught(() => storage.get('k'))).toMatchObject({ code: 'UNKNOWN', cause: failure });
    expect(await caught(() => storage.head('k'))).toMatchObject({
      message: 'fake head "k": just text',
      cause: 'just text',
    });
    expect(await caught(() => collect(storage.list()))).toMatchObject({
      code: 'UNKNOWN',
      operation: 'list',
      message: 'fake list: the socket died',
      key: undefined,
    });
  });
});
