import type { MeteringKey } from '@metering/core';
import type { PageEnd } from '../page-end.ts';
import { ByteWindow } from './byte-window.ts';
import type { PageTexts } from './page-texts.ts';
import { plainBeginning } from './plain-beginning.ts';
import { RecordScanner, UNUSUAL } from './record-scanner.ts';
import type { RecordSink } from './record-sink.ts';
import { isSurprise } from './surprise.ts';

const COMMA = 0x2c;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;

/** One for all pages: to allocate memory takes longer than to read a record. */
const window = new ByteWindow();

/**
 * Reads a small page that is written as most are: a plain beginning, then records without white space. It never
 * guesses, as `RecordScanner`.
 *
 * @returns undefined where the exact parser has to decide: what the sink was told counts for nothing then.
 */
export function scanPlainPage(
  json: Uint8Array,
  meant: MeteringKey,
  texts: PageTexts,
  sink: RecordSink,
): PageEnd | undefined {
  window.restart(json);
  const beginning = plainBeginning(window.bytes, meant);
  if (beginning === undefined) return undefined;
  const records = scanRecords(beginning.end, new RecordScanner(window, texts, sink));
  return records === UNUSUAL ? undefined : { parts: beginning.parts, records };
}

/** How many records there are up to the end of the page, or `UNUSUAL`. */
function scanRecords(start: number, scanner: RecordScanner): number {
  const { bytes, end } = window;
  let at = start;
  let records = 0;
  try {
    if (bytes[at] !== CLOSE_BRACKET) {
      at = scanner.scan(at);
      for (records = 1; bytes[at] === COMMA; records++) at = scanner.scan(at + 1);
    }
  } catch (error) {
    if (!isSurprise(error)) throw error;
    return UNUSUAL;
  }
  const isEnd = bytes[at] === CLOSE_BRACKET && bytes[at + 1] === CLOSE_BRACE && at + 2 === end;
  return isEnd ? records : UNUSUAL;
}
