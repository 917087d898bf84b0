import { gunzipSync } from 'node:zlib';
import { createMemoryStorage, type MeteringRecord } from '@metering/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMeteringWriter, type MeteringWriterOptions } from '../src/index.ts';
import { dataOf } from './support/data.ts';

type Records = Iterable<MeteringRecord> | AsyncIterable<MeteringRecord>;

/** What a write of the records leaves, byte for byte. */
async function stored(data: Records, options: Partial<MeteringWriterOptions>) {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ ...options, storage });
  const { pages } = await writer.write({ ...dataOf([]), data });
  const bodies = await Promise.all(pages.map(({ key }) => storage.get(key)));
  return { pages, bodies: bodies.map((body) => Buffer.from(body).toString('base64')) };
}

it('gives the same files for an array as for any other iterable, around every limit', async () => {
  const record = fc.record({
    note: fc.string({ maxLength: 40, unit: 'grapheme' }),
    used: fc.record({ value: fc.maxSafeNat(), unit: fc.constantFrom('', 'B') }),
  });
  const options = fc.record({
    pageSizeBytes: fc.oneof(fc.nat(3000), fc.constantFrom(0, 32_767, 32_768, 1_048_576)),
    compressionLevel: fc.constantFrom(0, 1, 6, 9),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 30 }), options, async (some, given) => {
      expect(await stored(some, given)).toEqual(await stored(new Set(some), given));
    }),
    { numRuns: 100 },
  );
});

it.each([32_300, 32_500, 32_600, 32_700, 32_768, 32_800, 33_000])(
  'gives the same file for a record of %d bytes, whichever side of a small page it is on',
  async (length) => {
    const data = [{ note: 'é'.repeat(length / 2) }];
    expect(await stored(data, {})).toEqual(await stored(new Set(data), {}));
  },
);

it('keeps pages apart that are written while another one is made', async () => {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage });
  let inner: ReturnType<typeof writer.write> | undefined;
  const writing = {
    get used() {
      inner ??= writer.write({ ...dataOf([{ inner: 'x'.repeat(100) }]), category: 'inner' });
      return 1;
    },
  };
  const outer = await writer.write(dataOf([{ first: 1 }, writing, { last: 1 }]));
  const keys = [...outer.pages, ...(await inner)!.pages].map(({ key }) => key);
  const texts = await Promise.all(
    keys.map(async (key) => gunzipSync(await storage.get(key)).toString()),
  );
  expect(texts.map((text) => JSON.parse(text).data)).toEqual([
    [{ first: 1 }, { used: 1 }, { last: 1 }],
    [{ inner: 'x'.repeat(100) }],
  ]);
});

it('makes a small page of what an array held when it was given', async () => {
  const storage = createMemoryStorage();
  const data: MeteringRecord[] = [{ a: 1 }];
  const written = createMeteringWriter({ storage }).write(dataOf(data));
  data.push({ b: 2 });
  expect((await written).pages).toMatchObject([{ records: 1, part: 0 }]);
});
