import { expect, it } from 'vitest';
import { Random, RECORD_KINDS } from '../support/random-records.ts';
import { TokenPages } from '../support/token-pages.ts';

/** In every run 10,000; `FUZZ_PAGES` asks for more, `FUZZ_SEED` for others. */
const PAGES = Number(process.env.FUZZ_PAGES ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Few records mostly, so that pages end everywhere; sometimes more than deflate can look back at. */
function pageLength(random: Random): number {
  const kind = random.fraction();
  if (kind < 0.8) return random.below(8);
  if (kind < 0.98) return random.below(90);
  return random.below(1500);
}

it(`writes ${PAGES} pages that zlib gives back byte for byte`, async () => {
  const random = new Random(SEED);
  const pages = new TokenPages(random);
  while (pages.pages < PAGES) await pages.write(random.pick(RECORD_KINDS), pageLength(random));
  expect(pages.records).toBeGreaterThan(PAGES);
  expect(pages.unsuited).toBeLessThan(pages.records / 100);
}, 3_600_000);
