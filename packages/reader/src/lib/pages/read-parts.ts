import { constants, gunzipSync } from 'node:zlib';
import { unpackMember } from '../gzip/unpack-member.ts';
import { startInflating } from './inflating-file.ts';
import type { PageToRead } from './page-to-read.ts';
import { PageScanner } from './scan/page-scanner.ts';
import { sharedTexts } from './scan/page-texts.ts';
import { plainBeginning } from './scan/plain-beginning.ts';
import { RecordBuilder } from './scan/record-builder.ts';
import { isSurprise } from './scan/surprise.ts';

/** What stands before the records is in so much of a file, unless names are very long. */
const BEGINNING_BYTES = 1024;
/** Of JSON; few records come with it. */
const STEP_BYTES = 256;

/** What a page says before its records. */
interface Header {
  readonly parts: number | undefined;
}

/**
 * What a page says before its records of `parts`: how many pages its set has, 0 where more pages
 * follow, undefined where it does not say (as Go's). Only the beginning of the file is unpacked, and
 * no more is known to be right than that.
 *
 * @throws FormatError for a beginning that is damaged, no page's, or contradicts its key.
 */
export async function readParts(file: Uint8Array, page: PageToRead): Promise<number | undefined> {
  const json = unpackMember(file, page.maxBytes) ?? gunzipBeginning(file);
  const header = plainBeginning(json, page.meant) ?? scanHeader(json, page);
  if (header !== undefined) return header.parts;
  return (await startInflating(file, page).exactBody()).parts;
}

/** Undefined where the header is not there as a whole, or anything is unusual. */
function scanHeader(json: Uint8Array, page: PageToRead): Header | undefined {
  const texts = sharedTexts();
  const scanner = new PageScanner(page, texts, new RecordBuilder(texts));
  try {
    for (let at = 0; at < json.length && !scanner.hasHeader; at += STEP_BYTES) {
      scanner.push(json.subarray(at, at + STEP_BYTES));
    }
  } catch (error) {
    if (!isSurprise(error)) throw error;
    return undefined;
  }
  return scanner.hasHeader ? scanner : undefined;
}

/** Nothing where it is damaged. */
function gunzipBeginning(file: Uint8Array): Buffer {
  try {
    // Flushing gives all that can be unpacked, where the file goes on.
    const finishFlush = constants.Z_SYNC_FLUSH;
    return gunzipSync(file.subarray(0, BEGINNING_BYTES), { finishFlush });
  } catch {
    return Buffer.alloc(0);
  }
}
