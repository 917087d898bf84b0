import { randomBytes } from 'node:crypto';
import { createMemoryStorage, type StorageProvider } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { ByteCollector } from '../src/lib/gzip/byte-collector.ts';
import { CHUNK_BYTES, PageMemory } from '../src/lib/gzip/page-memory.ts';
import { dataOf } from './support/data.ts';
import { rejection } from './support/storage-errors.ts';
import { storedRecords } from './support/stored-pages.ts';

const MIB = 1_048_576;
/** From there on bodies are used again. */
const NOT_KEPT = 16 * MIB;

/** Gives back bodies until they are used again. */
function warm(): PageMemory {
  const memory = new PageMemory();
  for (let bytes = 0; bytes < NOT_KEPT; bytes += MIB) memory.giveBackBody(Buffer.alloc(MIB));
  return memory;
}

it('uses a body again for one that is no longer than there is room', () => {
  const memory = warm();
  const body = memory.takeBody(2 * MIB);
  memory.giveBackBody(body);
  const next = memory.takeBody(2 * MIB + 1000);
  expect(next.buffer).toBe(body.buffer);
  expect(next).toHaveLength(2 * MIB + 1000);
  memory.giveBackBody(next);
  expect(memory.takeBody(4 * MIB).buffer).not.toBe(body.buffer);
});

it('never uses a small body again, whose memory may be that of others, too', () => {
  const memory = warm();
  const body = memory.takeBody(MIB - 1);
  memory.giveBackBody(body);
  expect(memory.takeBody(MIB - 1).buffer).not.toBe(body.buffer);
});

it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
  'collects pieces of %d bytes as they are',
  (length) => {
    const collector = new ByteCollector(new PageMemory());
    for (let round = 0; round < 2; round++) {
      const pieces = Array.from({ length: 3 }, () => randomBytes(length));
      for (const piece of pieces) collector.add(piece);
      const taken = collector.takeBetween(Buffer.from('before'), Buffer.from('after'));
      const whole = Buffer.concat([Buffer.from('before'), ...pieces, Buffer.from('after')]);
      expect(whole.equals(taken)).toBe(true);
    }
  },
);

describe.each([false, true])('with overwrite %s', (overwrite) => {
  /** Pages of about 2 MiB, stored: far more than is left to the collector. */
  const notes = Array.from({ length: 40 }, () => ({ note: randomBytes(MIB).toString('base64') }));
  const options = { overwrite, pageSizeBytes: 3 * MIB, compressionLevel: 1 };

  it('stores every page as it is, though memory is used again', async () => {
    const storage = createMemoryStorage();
    await createMeteringWriter({ storage, ...options }).write(dataOf(notes));
    expect(await storedRecords(storage)).toEqual(notes);
  });

  it('leaves the memory alone of which a failed call may still be sending', async () => {
    const sent: Buffer[] = [];
    const copies: Buffer[] = [];
    const storage = createMemoryStorage();
    const failing: StorageProvider = {
      ...storage,
      name: 'failing',
      capabilities: storage.capabilities,
      get: (...call) => storage.get(...call),
      list: (...call) => storage.list(...call),
      delete: (...call) => storage.delete(...call),
      put: async (key, body, call) => {
        if (key.includes('-15.')) {
          sent.push(Buffer.from(body.buffer, body.byteOffset, body.length));
          copies.push(Buffer.from(body));
          throw new Error('no answer');
        }
        return storage.put(key, body, call);
      },
    };
    const writer = createMeteringWriter({ storage: failing, ...options });
    await rejection(writer.write(dataOf(new Set(notes))));
    expect(sent).toHaveLength(1);
    expect(sent[0]!.equals(copies[0]!)).toBe(true);
  });
});
