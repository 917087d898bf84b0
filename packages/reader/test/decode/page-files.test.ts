import { gunzipSync, gzipSync } from 'node:zlib';
import type { FormatError, MeteringRecord } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/lib/pages/decode-page.ts';
import { type PageFile, startInflating } from '../../src/lib/pages/inflating-file.ts';
import type { PageEnd } from '../../src/lib/pages/page-end.ts';
import { sumPage } from '../../src/lib/pages/page-sums.ts';
import type { PageToRead } from '../../src/lib/pages/page-to-read.ts';
import { readPage } from '../../src/lib/pages/read-page.ts';
import { recordBatches } from '../../src/lib/pages/record-batches.ts';
import type { UsageSink } from '../../src/lib/pages/usage-sink.ts';
import { manyRecords, pageFile, pageJson } from './support/large-page.ts';
import { sumRecords, WANTED } from './support/page-bytes.ts';

interface Outcome {
  readonly batches: MeteringRecord[][];
  readonly end?: PageEnd;
  readonly error?: unknown;
}

/** What comes of a page, up to its failure. */
async function iterate(file: PageFile, page: PageToRead = WANTED): Promise<Outcome> {
  const batches: MeteringRecord[][] = [];
  const reading = recordBatches(file, page);
  try {
    for (;;) {
      const { done, value } = await reading.next();
      if (done) return { batches, end: value };
      batches.push(value);
    }
  } catch (error) {
    return { batches, error };
  }
}

class ListSink implements UsageSink {
  readonly byCluster: boolean;
  readonly sums: Record<string, bigint> = {};

  constructor(byCluster = false) {
    this.byCluster = byCluster;
  }

  addUsage(metric: string, unit: string, sum: bigint, clusterId: string | undefined): void {
    const name = JSON.stringify([clusterId, metric, unit]);
    this.sums[name] = (this.sums[name] ?? 0n) + sum;
  }
}

const RECORDS = manyRecords(6000);
const FILE = pageFile();
const END = FILE.length;

function flipped(file: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(file);
  copy[at] = copy[at]! ^ 1;
  return copy;
}

describe('a large page', () => {
  it('is read in several batches, none empty, and its end tells what it said', async () => {
    const { batches, end } = await iterate(FILE);
    expect(batches.flat()).toEqual(RECORDS);
    expect(batches.length).toBeGreaterThan(3);
    expect(batches.map(({ length }) => length)).not.toContain(0);
    expect(end).toEqual({ parts: 1, records: 6000 });
  });

  it('is read whole', async () => {
    const page = await readPage(FILE, WANTED);
    expect(page).toEqual({ key: WANTED.key, ...WANTED.meant, parts: 1, data: RECORDS });
  });

  it.each([false, true])('is added up (by cluster: %s)', async (byCluster) => {
    const sink = new ListSink(byCluster);
    const { sums, records, others } = sumRecords(RECORDS, byCluster);
    expect(await sumPage(FILE, WANTED, sink)).toEqual({ parts: 1, records, others });
    expect(sink.sums).toEqual(sums);
  });

  it('is unpacked ahead of its reader', async () => {
    const file = startInflating(FILE, WANTED);
    expect((await iterate(file)).batches.flat()).toEqual(RECORDS);
  });

  it('lets the event loop turn while it is read', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await readPage(pageFile({ records: manyRecords(60_000) }), WANTED);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('may hold a record that is larger than several chunks', async () => {
    const record = {
      a: 1,
      long: 'x'.repeat(700_000),
      list: Array.from({ length: 100_000 }, () => 1),
    };
    const records = [record, ...RECORDS, record];
    const { batches } = await iterate(pageFile({ records }));
    expect(batches.flat()).toEqual(records);
    expect(batches.map(({ length }) => length)).not.toContain(0);
  });

  it('may be of several gzip members', async () => {
    const json = pageJson();
    const file = Buffer.concat([gzipSync(json.slice(0, 300_000)), gzipSync(json.slice(300_000))]);
    expect((await iterate(file)).batches.flat()).toEqual(RECORDS);
  });

  it('is read up to the limit', async () => {
    const size = gunzipSync(FILE).length;
    expect((await iterate(FILE, { ...WANTED, maxBytes: size })).end).toBeDefined();
    const { error } = await iterate(FILE, { ...WANTED, maxBytes: size - 1 });
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: size - 1 });
  });

  it('stops with the reason of an abort', async () => {
    const stopping = new AbortController();
    const reading = recordBatches(FILE, { ...WANTED, signal: stopping.signal });
    expect((await reading.next()).done).toBe(false);
    const reason = new Error('enough');
    stopping.abort(reason);
    await expect(reading.next()).rejects.toBe(reason);
  });

  it('is not begun when it is aborted before', async () => {
    const reason = new Error('never');
    const page = { ...WANTED, signal: AbortSignal.abort(reason) };
    for (const file of [FILE, pageFile({ records: [] })]) {
      await expect(recordBatches(file, page).next()).rejects.toBe(reason);
      await expect(sumPage(file, page, new ListSink())).rejects.toBe(reason);
    }
  });

  it('can be left', async () => {
    for await (const batch of recordBatches(FILE, WANTED)) {
      expect(batch.length).toBeLessThan(6000);
      break;
    }
  });
});

describe('a page that is found to be wrong', () => {
  it.each([
    ['a checksum', flipped(FILE, END - 8), 'CORRUPT_GZIP'],
    ['a length', flipped(FILE, END - 4), 'CORRUPT_GZIP'],
    ['its end', FILE.subarray(0, END - 1), 'CORRUPT_GZIP'],
    ['bytes behind it', Buffer.concat([FILE, Buffer.alloc(9)]), 'CORRUPT_GZIP'],
    ['a member behind its records', pageFile({ after: ',"part":1' }), 'INVALID_JSON'],
    [
      'a field that contradicts its key',
      pageFile({ before: '"a":1', after: ',"part":1' }),
      'UNEXPECTED_SHAPE',
    ],
    [
      'parts behind its records',
      pageFile({ before: '"a":1', after: ',"parts":3' }),
      'UNEXPECTED_SHAPE',
    ],
    ['a record', pageFile({ records: [...RECORDS, 7 as never] }), 'UNEXPECTED_SHAPE'],
    ['text after the page', gzipSync(`${pageJson()} {}`), 'INVALID_JSON'],
    ['the end of the page', gzipSync(pageJson().slice(0, -1)), 'INVALID_JSON'],
  ])(
    'by %s gives its records first, then the error, and adds nothing to sums',
    async (_what, file, code) => {
      const { batches, error } = await iterate(file);
      expect(error).toMatchObject({ name: 'FormatError', code, key: WANTED.key });
      expect(batches.flat()).toEqual(RECORDS.slice(0, batches.flat().length));
      expect(batches.length).toBeGreaterThan(0);
      const sink = new ListSink();
      await expect(sumPage(file, WANTED, sink)).rejects.toMatchObject({ code });
      expect(sink.sums).toEqual({});
      await expect(readPage(file, WANTED)).rejects.toMatchObject({ code });
    },
  );

  it('before its records gives none of them', async () => {
    const { batches, error } = await iterate(pageFile({ before: '"part":1' }));
    expect(error).toMatchObject({ code: 'UNEXPECTED_SHAPE' });
    expect(batches).toEqual([]);
  });

  it.each([
    ['a control character', '"a":"\n"'],
    ['a key twice', '"a":1,"a":2'],
    ['a number that begins with 0', '"a":{"value":01,"unit":"b"}'],
    ['a lone surrogate', '"a":"\\ud800"'],
    ['no value', '"a":'],
    ['nesting that is too deep', `"a":${'['.repeat(998)}${']'.repeat(998)}`],
  ])('by %s has the place of the exact parser in its error', async (_what, member) => {
    const records = JSON.stringify(RECORDS).slice(0, -1);
    const json = Buffer.from(`{\n"é":"😀",\n"data":${records},\n {"ü":"x",${member}}]}`);
    const expected = exactError(json);
    const { error } = await iterate(gzipSync(json));
    expect(error).toMatchObject({
      code: expected.code,
      message: expected.message,
      line: 4,
      column: expected.column,
    });
  });
});

describe('a small page', () => {
  const few = manyRecords(5);

  it.each([
    ['as usual', pageFile({ records: few })],
    ['with an unusual name', pageFile({ records: [...few, { '': 1 }] })],
    ['with a member behind them', pageFile({ records: few, after: ',"more":1' })],
    ['with white space behind them', gzipSync(`${pageJson({ records: few })}\n`)],
  ])('whose records end %s is given once, and added up once', async (_what, file) => {
    const { data } = decodeBody(gunzipSync(file), WANTED.key, WANTED.meant);
    expect(await iterate(file)).toEqual({
      batches: [data],
      end: { parts: 1, records: data.length },
    });
    for (const byCluster of [false, true]) {
      const sink = new ListSink(byCluster);
      const { sums, records, others } = sumRecords(data, byCluster);
      expect(await sumPage(file, WANTED, sink)).toEqual({ parts: 1, records, others });
      expect(sink.sums).toEqual(sums);
    }
  });

  it('without records gives no batch', async () => {
    const file = pageFile({ records: [] });
    expect(await iterate(file)).toEqual({ batches: [], end: { parts: 1, records: 0 } });
  });

  it.each([
    ['what is no record', pageFile({ records: [...few, 7 as never] }), 'UNEXPECTED_SHAPE'],
    ['a contradiction', pageFile({ records: few, after: ',"shared_pool_id":1' }), 'INVALID_JSON'],
    ['text', gzipSync(`${pageJson({ records: few })}{}`), 'INVALID_JSON'],
    ['a cut', gzipSync(pageJson({ records: few }).slice(0, -1)), 'INVALID_JSON'],
    ['a wrong checksum', wrongChecksum(pageFile({ records: few })), 'CORRUPT_GZIP'],
  ])('whose records are followed by %s gives none of them', async (_what, file, code) => {
    const { batches, error } = await iterate(file);
    expect(batches).toEqual([]);
    expect(error).toMatchObject({ name: 'FormatError', code, key: WANTED.key });
    const sink = new ListSink();
    await expect(sumPage(file, WANTED, sink)).rejects.toMatchObject({ code });
    expect(sink.sums).toEqual({});
  });
});

describe('a page that is unusual', () => {
  it('is read whole where it is nested as deep as may be', async () => {
    const deep = JSON.parse(`${'['.repeat(997)}${']'.repeat(997)}`);
    const records = [...RECORDS, { deep }, ...RECORDS];
    expect((await iterate(pageFile({ records }))).batches.flat()).toEqual(records);
    expect(await sumPage(pageFile({ records }), WANTED, new ListSink())).toMatchObject({
      others: 1,
      records: 12_001,
    });
  });

  it('is read where it has more names than are remembered, as is the next', async () => {
    const records = Array.from({ length: 6000 }, (_item, index) => ({
      [`metric_${index}`]: { value: index, unit: `unit_${index}` },
    }));
    const file = pageFile({ records });
    for (const _time of ['first', 'second']) {
      expect((await iterate(file)).batches.flat()).toEqual(records);
      const sink = new ListSink();
      await sumPage(file, WANTED, sink);
      expect(sink.sums).toEqual(sumRecords(records, false).sums);
      expect((await iterate(FILE)).batches.flat()).toEqual(RECORDS);
    }
  });

  it('gives no record twice where the exact parser takes what the scanner gives up', async () => {
    const deep = `${'['.repeat(998)}${']'.repeat(998)}`;
    const file = pageFile({ after: `,"more":${deep}` });
    const { batches, end } = await iterate(file);
    expect(batches.length).toBeGreaterThan(3);
    expect(batches.flat()).toEqual(RECORDS);
    expect(end).toEqual({ parts: 1, records: 6000 });
    const sink = new ListSink();
    await sumPage(file, WANTED, sink);
    expect(sink.sums).toEqual(sumRecords(RECORDS, false).sums);
  });

  it('is read where it is spread over lines', async () => {
    const json = JSON.stringify(JSON.parse(pageJson()), null, 2);
    expect((await iterate(gzipSync(json))).batches.flat()).toEqual(RECORDS);
  });
});

function wrongChecksum(file: Uint8Array): Uint8Array {
  return flipped(file, file.length - 8);
}

function exactError(json: Uint8Array): FormatError {
  try {
    decodeBody(json, WANTED.key, WANTED.meant);
  } catch (error) {
    return error as FormatError;
  }
  throw new Error('the exact parser takes it');
}
