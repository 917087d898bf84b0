import type { MeteringKey } from '@metering/core';
import type { PageEnd } from '../page-end.ts';
import { ByteWindow } from './byte-window.ts';
import type { PageTexts } from './page-texts.ts';
import { RecordScanner, UNUSUAL } from './record-scanner.ts';
import type { RecordSink } from './record-sink.ts';
import { isSurprise } from './surprise.ts';

const COMMA = 0x2c;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;

/** ASCII that JSON writes as it is. */
const PLAIN_NAMES = /^[ !#-[\]-~]*$/;

/** One for all pages: to allocate memory takes longer than to read a record. */
const window = new ByteWindow();

/**
 * Reads a small page that is written as most are: what our writers and Go's put before the records, byte by byte,
 * then records without white space. It never guesses, as `RecordScanner`.
 *
 * @returns undefined where the exact parser has to decide: what the sink was told counts for nothing then.
 */
export function scanPlainPage(
  json: Uint8Array,
  meant: MeteringKey,
  texts: PageTexts,
  sink: RecordSink,
): PageEnd | undefined {
  if (!PLAIN_NAMES.test(`${meant.category}${meant.selfId}${meant.sharedPoolId}`)) return undefined;
  window.restart(json);
  // Most small pages are the last ones of their sets. Go does not say how many pages a set has.
  for (const parts of [meant.part + 1, undefined, 0]) {
    const beginning = pageBeginning(meant, parts);
    if (!beginsWith(beginning)) continue;
    const records = scanRecords(beginning.length, new RecordScanner(window, texts, sink));
    return records === UNUSUAL ? undefined : { parts, records };
  }
  return undefined;
}

/** What stands before the records of a page. */
function pageBeginning(meant: MeteringKey, parts: number | undefined): string {
  const { timestamp, category, selfId, sharedPoolId, part } = meant;
  const size = parts === undefined ? '' : `,"parts":${parts}`;
  return `{"timestamp":${timestamp},"category":"${category}","self_id":"${selfId}","shared_pool_id":"${sharedPoolId}","part":${part}${size},"data":[`;
}

function beginsWith(text: string): boolean {
  return window.bytes.toString('latin1', 0, text.length) === text;
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
