import { decodeBody, type PageBody } from './decode-page.ts';
import { inflating, type PageFile } from './inflating-file.ts';
import type { PageEnd } from './page-end.ts';
import type { PageToRead } from './page-to-read.ts';
import { PageScanner } from './scan/page-scanner.ts';
import { sharedTexts } from './scan/page-texts.ts';
import { scanPlainPage } from './scan/plain-page.ts';
import { isSurprise } from './scan/surprise.ts';
import { UsageSummer } from './scan/usage-summer.ts';
import type { UsageSink } from './usage-sink.ts';

/** What is known when a page was added up. */
export interface SummedPage extends PageEnd {
  /**
   * How many members of records are no usage and are in no sum: all but a `logical_cluster_id` that is
   * text and `{ value, unit }` whose value is an integer from 0 to 2^64 - 1 and whose unit is text.
   */
  readonly others: number;
}

/**
 * Adds up what the records of a page say that was used, exactly.
 *
 * @throws FormatError for a file that is damaged, too large, no page, or contradicts its key. Nothing of
 *   it has reached the sink then.
 */
export async function sumPage(
  file: PageFile,
  page: PageToRead,
  sink: UsageSink,
): Promise<SummedPage> {
  const json = inflating(file, page);
  const small = json.smallJson();
  if (small !== undefined) return sumSmallPage(small, page, sink);
  const texts = sharedTexts();
  const summer = new UsageSummer(texts, sink.byCluster);
  const scanner = new PageScanner(page, texts, summer);
  try {
    for await (const chunk of json.chunks()) scanner.push(chunk);
    scanner.finish();
  } catch (error) {
    if (!isSurprise(error)) throw error;
    return sumBody(await json.exactBody(), sink);
  }
  summer.flush(sink);
  return { parts: scanner.parts, records: scanner.records, others: summer.others };
}

function sumSmallPage(json: Uint8Array, { key, meant }: PageToRead, sink: UsageSink): SummedPage {
  const texts = sharedTexts();
  const summer = new UsageSummer(texts, sink.byCluster);
  const end = scanPlainPage(json, meant, texts, summer);
  if (end === undefined) return sumBody(decodeBody(json, key, meant), sink);
  summer.flush(sink);
  return { ...end, others: summer.others };
}

function sumBody({ parts, data }: PageBody, sink: UsageSink): SummedPage {
  const summer = new UsageSummer(sharedTexts(), sink.byCluster);
  for (const record of data) summer.record(record);
  summer.flush(sink);
  return { parts, records: data.length, others: summer.others };
}
