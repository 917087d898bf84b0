import { createMemoryStorage } from '@metering/core';
import { describe, expect, it } from 'vitest';
import {
  createMetaReader,
  createMeteringReader,
  type MetaReaderOptions,
  type MeteringReaderOptions,
} from '../src/index.ts';

const storage = createMemoryStorage();

describe('createMeteringReader', () => {
  it.each([
    [undefined, 'options must be an object'],
    [{}, 'storage must be a StorageProvider'],
    [{ storage: 'file:///data' }, 'storage must be a StorageProvider'],
    [{ storage, concurrency: 0 }, 'concurrency must be an integer from 1'],
    [{ storage, concurrency: 1.5 }, 'concurrency must be an integer from 1'],
    [{ storage, concurrency: '4' }, 'concurrency must be an integer from 1'],
    [{ storage, maxPageBytes: 0 }, 'maxPageBytes must be an integer from 1'],
    [{ storage, maxPageBytes: -1 }, 'maxPageBytes must be an integer from 1'],
    [{ storage, maxPageBytes: Number.POSITIVE_INFINITY }, 'maxPageBytes must be an integer from 1'],
    [{ storage, onSkipped: true }, 'onSkipped must be a function'],
    [{ storage, logger: () => undefined }, 'logger must be a Logger'],
    [{ storage, logger: null }, 'logger must be a Logger'],
  ])('refuses %j', (options, message) => {
    const create = () => createMeteringReader(options as unknown as MeteringReaderOptions);
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
  });

  it('takes undefined for every option but the storage, and a console as the logger', () => {
    const none = { concurrency: undefined, maxPageBytes: undefined, onSkipped: undefined };
    expect(createMeteringReader({ storage, ...none, logger: undefined })).toBeDefined();
    expect(createMeteringReader({ storage, logger: console })).toBeDefined();
  });
});

describe('createMetaReader', () => {
  it.each([
    [null, 'options must be an object'],
    [Promise.resolve({ storage }), 'options must be an object, got a Promise'],
    [{ cache: false }, 'storage must be a StorageProvider'],
    [{ storage, cache: true }, 'cache must be false or an object'],
    [{ storage, cache: null }, 'cache must be false or an object'],
    [{ storage, cache: { maxBytes: 0 } }, 'cache.maxBytes must be an integer from 1'],
    [{ storage, cache: { maxBytes: 1.5 } }, 'cache.maxBytes must be an integer from 1'],
    [
      { storage, cache: { listingMaxAgeMs: -1 } },
      'cache.listingMaxAgeMs must be an integer from 0',
    ],
    [{ storage, cache: { storage: '/tmp' } }, 'cache.storage must be a StorageProvider'],
    [{ storage, cache: { storage: null } }, 'cache.storage must be a StorageProvider'],
    [{ storage, logger: {} }, 'logger must be a Logger'],
    [{ storage, onEvent: true }, 'onEvent must be a function'],
  ])('refuses %j', (options, message) => {
    const create = () => createMetaReader(options as unknown as MetaReaderOptions);
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
  });

  it('takes undefined for every option but the storage', () => {
    const cache = { maxBytes: undefined, storage: undefined, listingMaxAgeMs: undefined };
    expect(createMetaReader({ storage, cache, logger: undefined })).toBeDefined();
    expect(createMetaReader({ storage, cache: undefined })).toBeDefined();
  });
});
