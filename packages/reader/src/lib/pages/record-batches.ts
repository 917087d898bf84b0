import type { MeteringRecord } from '@metering/core';
import type { PageBody } from './decode-page.ts';
import { inflating, type PageFile } from './inflating-file.ts';
import type { PageEnd } from './page-end.ts';
import type { PageToRead } from './page-to-read.ts';
import { readSmallPage } from './read-small-page.ts';
import { PageScanner } from './scan/page-scanner.ts';
import { sharedTexts } from './scan/page-texts.ts';
import { RecordBuilder } from './scan/record-builder.ts';
import { isSurprise } from './scan/surprise.ts';

/**
 * The records of a page, some hundred at a time, while the rest is still unpacked. No batch is empty. What
 * is wrong with the file after its records is thrown after them; a small page is given whole or not at all.
 * Leaving the loop stops the work.
 *
 * @throws FormatError for a file that is damaged, too large, no page, or contradicts its key.
 */
export async function* recordBatches(
  file: PageFile,
  page: PageToRead,
): AsyncGenerator<MeteringRecord[], PageEnd, undefined> {
  const json = inflating(file, page);
  const small = json.smallJson();
  if (small !== undefined) return yield* exactBatch(readSmallPage(small, page), 0);
  const texts = sharedTexts();
  const builder = new RecordBuilder(texts);
  const scanner = new PageScanner(page, texts, builder);
  let given = 0;
  try {
    for await (const chunk of json.chunks()) {
      scanner.push(chunk);
      given += builder.count;
      if (builder.count > 0) yield builder.take();
    }
    scanner.finish();
    if (builder.count > 0) yield builder.take();
    return { parts: scanner.parts, records: scanner.records };
  } catch (error) {
    if (!isSurprise(error)) throw error;
  }
  return yield* exactBatch(await json.exactBody(), given);
}

/** All records from a number on. */
function* exactBatch(
  { parts, data }: PageBody,
  start: number,
): Generator<MeteringRecord[], PageEnd, undefined> {
  if (data.length > start) yield data.slice(start);
  return { parts, records: data.length };
}
