import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createMemoryStorage, FormatError, stringifyJson } from '@metering/core';
import { runFromSource } from '@metering/testing-support';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetaReader, createMeteringReader } from '../src/index.ts';
import { zerosClaiming } from './support/bomb.ts';
import { META_KEY, PAGE_KEY } from './support/files.ts';

const GIB = 1024 * 1024 * 1024;
const LIMIT = 100 * 1024 * 1024;
const SMALL = gzipSync('{"data":[{"a":1}]}');
const LARGE = gzipSync(JSON.stringify({ data: [{ noise: randomBytes(60_000).toString('hex') }] }));

async function readFile(file: Uint8Array, maxPageBytes?: number) {
  const storage = createMemoryStorage();
  await storage.put(PAGE_KEY, file);
  return createMeteringReader({ storage, maxPageBytes }).read(PAGE_KEY);
}

async function failureOf(file: Uint8Array, maxPageBytes?: number): Promise<FormatError> {
  const error = await readFile(file, maxPageBytes).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FormatError);
  expect((error as FormatError).key).toBe(PAGE_KEY);
  expect((error as FormatError).message).toContain(PAGE_KEY);
  return error as FormatError;
}

function flipBit(file: Uint8Array, at: number): Uint8Array {
  const flipped = Uint8Array.from(file);
  flipped[at] = (flipped[at] as number) ^ 1;
  return flipped;
}

describe.each([
  ['small', SMALL],
  ['large', LARGE],
])('a %s gzip file', (_size, file) => {
  it('that is whole is read', async () => {
    expect((await readFile(file)).data).toHaveLength(1);
  });

  it.each([
    ['has no trailer', file.subarray(0, -8)],
    ['lacks its last byte', file.subarray(0, -1)],
    ['ends in its header', file.subarray(0, 5)],
    ['ends in the middle', file.subarray(0, file.length >> 1)],
  ])('that %s is truncated', async (_what, damaged) => {
    const error = await failureOf(damaged);
    expect(error.code).toBe('CORRUPT_GZIP');
    expect(error.message).toContain('truncated');
  });

  it.each([
    ['a wrong checksum', flipBit(file, file.length - 8)],
    ['a wrong length', flipBit(file, file.length - 4)],
    ['a wrong method', flipBit(file, 2)],
    ['text after its end', Buffer.concat([file, Buffer.from('xyz')])],
    ['zeros after its end', Buffer.concat([file, Buffer.alloc(4)])],
    ['a member after zeros after its end', Buffer.concat([file, Buffer.alloc(4), SMALL])],
    ['half a member after its end', Buffer.concat([file, SMALL.subarray(0, 9)])],
  ])('with %s is damaged', async (_what, damaged) => {
    expect(await failureOf(damaged)).toMatchObject({ code: 'CORRUPT_GZIP' });
  });

  it('beyond the limit is refused with the limit', async () => {
    const size = gunzipSync(file).length;
    expect(await readFile(file, size)).toBeDefined();
    const error = await failureOf(file, size - 1);
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: size - 1 });
    expect(error.message).toContain(String(size - 1));
    expect(error.message).toContain('raise maxPageBytes');
  });

  it('that is cut or changed anywhere never gives other records', async () => {
    const [expected] = (await readFile(file)).data;
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.boolean(), async (at, cut) => {
        const damaged = cut ? file.subarray(0, at) : flipBit(file, at);
        // A flag or a time in the header may change without harm.
        const read = await readFile(damaged).catch((error: unknown) => error);
        if (read instanceof FormatError) return;
        expect(stringifyJson((read as { data: [] }).data)).toBe(
          stringifyJson([expected as object as never]),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file', () => {
  it('of no bytes is corrupt', async () => {
    const error = await failureOf(new Uint8Array());
    expect(error.code).toBe('CORRUPT_GZIP');
    expect(error.message).toContain('is empty');
  });

  it('that is no gzip is corrupt, and its first bytes are shown', async () => {
    const error = await failureOf(Buffer.from('{"data":[]}'));
    expect(error.code).toBe('CORRUPT_GZIP');
    expect(error.message).toContain('7b226461');
  });

  it('of several gzip members is read whole', async () => {
    const text = '{"data":[{"a":1},{"a":2}]}';
    const file = Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(''), gzipSync(text.slice(9))]);
    expect((await readFile(file)).data).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('of one large and one small member is read whole, though it claims to be small', async () => {
    const noise = randomBytes(60_000).toString('hex');
    const file = Buffer.concat([gzipSync(`{"data":[{"noise":"${noise}"`), gzipSync('}]}')]);
    expect((await readFile(file)).data).toEqual([{ noise }]);
  });

  it('that is compressed to next to nothing, and claims to be small, is read whole', async () => {
    const file = Buffer.concat([gzipSync(`{"data":[${' '.repeat(200_000)}`), gzipSync(']}')]);
    expect(file.length).toBeLessThan(1000);
    expect((await readFile(file)).data).toEqual([]);
  });

  it('larger than any page can be compressed is not fetched whole', async () => {
    const error = await failureOf(Buffer.alloc(10_000), 1000);
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 1000 });
    expect(error.message).toContain('raise maxPageBytes');
  });

  it('that does not compress is read up to the limit', async () => {
    const noise = randomBytes(2_000_000)
      .toString('latin1')
      .replaceAll(/[^ !#-[\]-~]/g, '');
    const text = `{"data":[{"noise":"${noise}"}]}`;
    const file = gzipSync(text, { level: 0 });
    expect(file.length).toBeGreaterThan(text.length);
    expect((await readFile(file, text.length)).data).toEqual([{ noise }]);
  });
});

describe('a bomb', () => {
  it.each([
    ['honest', GIB],
    ['that claims to be small', 100],
    ['that claims to be of 4 GiB', 2 ** 32 - 1],
  ])(
    'of 1 GiB of zeros, %s, is a clear error with the limit, not a page cut in silence',
    async (_what, claimed) => {
      const bomb = zerosClaiming(1024, claimed);
      expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
      expect(await failureOf(bomb)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: LIMIT });
    },
  );

  it('of nothing but lines is a clear error with the place, in little memory', async () => {
    const program = fileURLToPath(new URL('children/lines.ts', import.meta.url));
    const lines = 64 * 1024 * 1024;
    const { stdout } = await runFromSource(program, {
      args: [PAGE_KEY, String(lines)],
      env: { NODE_OPTIONS: '--max-old-space-size=256' },
    });
    expect(stdout).toContain(`${PAGE_KEY}: invalid JSON at line ${lines + 1}, column 1`);
  });

  it('among metadata, which the reference reads without a limit, is the same error', async () => {
    const storage = createMemoryStorage();
    await storage.put(META_KEY, zerosClaiming(1024, GIB));
    const reader = createMetaReader({ storage });
    for (const read of [() => reader.readFile(META_KEY), () => reader.read({ clusterId: 'c1' })]) {
      await expect(read()).rejects.toMatchObject({
        code: 'LIMIT_EXCEEDED',
        limit: LIMIT,
        key: META_KEY,
      });
    }
  });
});
