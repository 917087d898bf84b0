import { randomBytes } from 'node:crypto';
import { createMemoryStorage } from '@metering/core';
import { createMetaReader, type MetaCacheOptions } from '../../src/index.ts';
import { CountingStorage } from './counting-storage.ts';
import { recordingLogger } from './recording-logger.ts';

/** A reader with a cache, and what it does to its storage and tells its logger. */
export function createCachingReader(cache: MetaCacheOptions = {}) {
  const storage = new CountingStorage(createMemoryStorage());
  const logger = recordingLogger();
  return { storage, logger, reader: createMetaReader({ storage, cache, logger }) };
}

/** Metadata that no compression makes smaller than so many bytes. */
export function noise(bytes: number) {
  return { noise: randomBytes(bytes).toString('base64') };
}
