import { decodeBody, type PageBody } from './decode-page.ts';
import type { PageToRead } from './page-to-read.ts';
import { sharedTexts } from './scan/page-texts.ts';
import { scanPlainPage } from './scan/plain-page.ts';
import { RecordBuilder } from './scan/record-builder.ts';

/**
 * A page whose JSON is there as a whole.
 *
 * @throws FormatError for what is no page, or contradicts its key.
 */
export function readSmallPage(json: Uint8Array, { key, meant }: PageToRead): PageBody {
  const texts = sharedTexts();
  const builder = new RecordBuilder(texts);
  const end = scanPlainPage(json, meant, texts, builder);
  return end ? { parts: end.parts, data: builder.take() } : decodeBody(json, key, meant);
}
