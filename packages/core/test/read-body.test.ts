import { describe, expect, it, vi } from 'vitest';
import { readBody } from '../src/building-blocks.ts';
import { StorageFault } from '../src/index.ts';

async function* chunks(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size).fill(size);
}

function body(source: AsyncGenerator<Uint8Array>) {
  const destroy = vi.fn();
  return Object.assign(source, { destroy });
}

const code = (value: string) => ({ errorClass: { code: value } });

describe('readBody', () => {
  it.each([[[]], [[3]], [[1, 2, 3]]])(
    'puts %j together and frees the connection',
    async (sizes) => {
      const stream = body(chunks(...sizes));
      const bytes = await readBody(stream, { maxBytes: 6 });
      expect([...bytes]).toEqual(sizes.flatMap((size) => Array(size).fill(size)));
      expect(stream.destroy).toHaveBeenCalledOnce();
    },
  );

  it('reads nothing of a body that is said to be too large', async () => {
    const next = vi.fn();
    const stream = { [Symbol.asyncIterator]: () => ({ next }), destroy: vi.fn() };
    const reading = readBody(stream, { contentLength: 7, maxBytes: 6 });
    await expect(reading).rejects.toMatchObject(code('TOO_LARGE'));
    expect(next).not.toHaveBeenCalled();
    expect(stream.destroy).toHaveBeenCalledOnce();
  });

  it('stops at the chunk that makes it too large', async () => {
    const after = vi.fn();
    async function* endless() {
      yield new Uint8Array(7);
      after();
      yield new Uint8Array(7);
    }
    await expect(readBody(endless(), { maxBytes: 6 })).rejects.toMatchObject(code('TOO_LARGE'));
    expect(after).not.toHaveBeenCalled();
  });

  it('takes a body that is shorter than was said, or breaks off, for one that may be read again', async () => {
    const short = readBody(chunks(2), { contentLength: 3, maxBytes: 6 });
    await expect(short).rejects.toMatchObject(code('UNAVAILABLE'));
    async function* broken() {
      yield new Uint8Array(1);
      throw new Error('socket hang up');
    }
    const reading = readBody(broken(), { maxBytes: 6 });
    await expect(reading).rejects.toThrow('socket hang up');
    await expect(reading).rejects.toBeInstanceOf(StorageFault);
  });
});
