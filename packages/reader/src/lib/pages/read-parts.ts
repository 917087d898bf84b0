import { gunzip } from '../gunzip.ts';
import { decodeBody } from './decode-page.ts';
import type { PageToRead } from './page-to-read.ts';

/**
 * What a page says before its records of `parts`: how many pages its set has, 0 where more pages
 * follow, undefined where it does not say (as Go's). Only the beginning of the file is unpacked, and
 * no more is known to be right than that.
 *
 * @throws FormatError for a beginning that is damaged, no page's, or contradicts its key.
 */
export async function readParts(file: Uint8Array, page: PageToRead): Promise<number | undefined> {
  return decodeBody(await gunzip(file, page), page.key, page.meant).parts;
}
