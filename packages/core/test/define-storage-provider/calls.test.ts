import { describe, expect, it } from 'vitest';
import { caught } from '../support/caught.ts';
import { calls, provider } from '../support/fake-provider.ts';

const body = new Uint8Array([1, 2, 3]);

describe('create', () => {
  it('is UNSUPPORTED where it is not exclusive, and overwrite is not', async () => {
    const storage = provider({
      capabilities: { exclusiveCreate: false, listOrder: 'utf8' },
      put: async (_, __, { mode }) => ({ etag: mode }),
    });
    expect(await caught(() => storage.put('k', body, { mode: 'create' }))).toMatchObject({
      code: 'UNSUPPORTED',
      operation: 'put',
      key: 'k',
    });
    expect(await storage.put('k', body)).toEqual({ etag: 'overwrite' });
  });

  it('says why it is UNSUPPORTED where the backend knows', async () => {
    const storage = provider({
      capabilities: { exclusiveCreate: false, listOrder: 'utf8' },
      createProblem: 'the bucket keeps versions; turn that off',
    });
    expect(await caught(() => storage.put('k', body, { mode: 'create' }))).toMatchObject({
      code: 'UNSUPPORTED',
      message: 'fake put "k": the bucket keeps versions; turn that off',
    });
  });

  it('refuses a bad key and heeds an abort all the same where it is UNSUPPORTED', async () => {
    const storage = provider({ capabilities: { exclusiveCreate: false, listOrder: 'utf8' } });
    const signal = AbortSignal.abort('gone');
    expect(await caught(() => storage.put('k', body, { mode: 'create', signal }))).toBe('gone');
    expect(await caught(() => storage.put('/k', body, { mode: 'create' }))).toMatchObject({
      code: 'INVALID_KEY',
    });
  });

  it('is tried where nobody knows', async () => {
    const storage = provider({
      capabilities: { exclusiveCreate: 'unknown', listOrder: 'utf8' },
      put: async () => ({ etag: 'e' }),
    });
    expect(await storage.put('k', body, { mode: 'create' })).toEqual({ etag: 'e' });
  });
});

describe('get', () => {
  it('gives a plain Uint8Array also of a Buffer, whose slice is another one', async () => {
    const storage = provider({ get: async () => Buffer.from('xabcx').subarray(1, 4) });
    const bytes = await storage.get('k');
    expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
    expect(bytes).toEqual(new TextEncoder().encode('abc'));
  });

  it('is TOO_LARGE beyond maxBytes also where the backend does not heed it', async () => {
    const storage = provider({ get: async () => body });
    expect(await storage.get('k', { maxBytes: 3 })).toEqual(body);
    expect(await caught(() => storage.get('k', { maxBytes: 2 }))).toMatchObject({
      code: 'TOO_LARGE',
      message: 'fake get "k": the object is larger than 2 bytes',
    });
    expect(await caught(() => storage.get('k', { maxBytes: 0 }))).toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});

describe('delete', () => {
  it('succeeds where there is nothing', async () => {
    const storage = provider({
      delete: () => Promise.reject(new Error('404')),
      classifyError: () => ({ code: 'NOT_FOUND' }),
    });
    expect(await storage.delete('k')).toBeUndefined();
  });

  it('fails where the store does', async () => {
    const storage = provider({
      delete: () => Promise.reject(new Error('403')),
      classifyError: () => ({ code: 'PERMISSION_DENIED' }),
    });
    expect(await caught(() => storage.delete('k'))).toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('close', () => {
  it('closes the backend once; any call after it is a TypeError', async () => {
    let closed = 0;
    const storage = provider({
      close: async () => {
        closed += 1;
      },
    });
    await Promise.all([storage.close(), storage.close()]);
    await storage[Symbol.asyncDispose]();
    expect(closed).toBe(1);
    for (const [, call] of calls) {
      expect(await caught(() => call(storage))).toEqual(
        new TypeError('The fake storage is closed'),
      );
    }
  });

  it('needs nothing of the backend, and wraps what it throws', async () => {
    await provider({}).close();
    const failing = provider({ close: () => Promise.reject(new Error('busy')) });
    expect(await caught(() => failing.close())).toMatchObject({
      code: 'UNKNOWN',
      operation: 'close',
      message: 'fake close: busy',
    });
  });
});
