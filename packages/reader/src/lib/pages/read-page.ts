import type { MeteringRecord } from '@metering/core';
import { type MeteringPage, type PageBody, toMeteringPage } from './decode-page.ts';
import { inflating, type PageFile } from './inflating-file.ts';
import type { PageToRead } from './page-to-read.ts';
import { readSmallPage } from './read-small-page.ts';
import { recordBatches } from './record-batches.ts';

/**
 * A page whole: a small one at once, a large one gives way to other work again and again.
 *
 * @throws FormatError for a file that is damaged, too large, no page, or contradicts its key.
 */
export function readPage(file: PageFile, page: PageToRead): MeteringPage | Promise<MeteringPage> {
  const json = inflating(file, page);
  const small = json.smallJson();
  if (small === undefined) return readLargePage(json, page);
  return toMeteringPage(readSmallPage(small, page), page.key, page.meant);
}

async function readLargePage(file: PageFile, page: PageToRead): Promise<MeteringPage> {
  return toMeteringPage(await collect(file, page), page.key, page.meant);
}

async function collect(file: PageFile, page: PageToRead): Promise<PageBody> {
  const data: MeteringRecord[] = [];
  const batches = recordBatches(file, page);
  for (;;) {
    const { done, value } = await batches.next();
    if (done) return { parts: value.parts, data };
    for (const record of value) data.push(record);
  }
}
