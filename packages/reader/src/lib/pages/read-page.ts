import { decodeBody, type MeteringPage, toMeteringPage } from './decode-page.ts';
import { inflating, type PageFile } from './inflating-file.ts';
import type { PageToRead } from './page-to-read.ts';

/**
 * A page whole. A large one gives way to other work again and again.
 *
 * @throws FormatError for a file that is damaged, too large, no page, or contradicts its key.
 */
export async function readPage(file: PageFile, page: PageToRead): Promise<MeteringPage> {
  const json = await inflating(file, page).json();
  return toMeteringPage(decodeBody(json, page.key, page.meant), page.key, page.meant);
}
