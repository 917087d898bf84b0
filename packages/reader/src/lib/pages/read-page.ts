import type { MeteringRecord } from '@metering/core';
import { type MeteringPage, toMeteringPage } from './decode-page.ts';
import type { PageFile } from './inflating-file.ts';
import type { PageToRead } from './page-to-read.ts';
import { recordBatches } from './record-batches.ts';

/**
 * A page whole. A large one gives way to other work again and again.
 *
 * @throws FormatError for a file that is damaged, too large, no page, or contradicts its key.
 */
export async function readPage(file: PageFile, page: PageToRead): Promise<MeteringPage> {
  const data: MeteringRecord[] = [];
  const batches = recordBatches(file, page);
  for (;;) {
    const { done, value } = await batches.next();
    if (done) return toMeteringPage({ parts: value.parts, data }, page.key, page.meant);
    for (const record of value) data.push(record);
  }
}
