import { createMemoryStorage } from '@metering/core';
import fc from 'fast-check';
import { it } from 'vitest';
import { assertListing } from '../src/lib/assert-listing.ts';
import { putAll } from '../src/lib/put-all.ts';
import { createCapableStorage } from './support/capable-storage.ts';

/** Few characters, on every side of `/` and of the surrogates, so that texts begin with each other. */
const text = fc
  .array(fc.constantFrom('a', '-', '0', '/', 'é', '\ue000', '\u{1f600}'), { maxLength: 6 })
  .map((characters) => characters.join(''));
const keys = fc.uniqueArray(
  text.map((tail) => `k/${tail}`.replaceAll(/\/+/g, '/').replace(/\/$/, '')),
);
const query = fc.record(
  { prefix: text.map((tail) => `k${tail}`), startAfter: text },
  { requiredKeys: [] },
);

for (const listOrder of ['utf8', 'utf16'] as const) {
  it(`what the suite expects of a listing is what a sound store gives, by ${listOrder}`, async () => {
    await fc.assert(
      fc.asyncProperty(keys, query, async (stored, asked) => {
        const storage =
          listOrder === 'utf8'
            ? createMemoryStorage()
            : createCapableStorage({ exclusiveCreate: true, listOrder });
        await putAll(storage, stored);
        await assertListing(storage, stored, asked);
      }),
    );
  });
}
