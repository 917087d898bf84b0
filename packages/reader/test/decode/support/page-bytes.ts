import type { JsonValue, MeteringRecord } from '@metering/core';
import { isMetric, isMetricValue } from '@metering/core/building-blocks';
import { expect } from 'vitest';
import { decodeBody } from '../../../src/lib/pages/decode-page.ts';
import type { PageToRead } from '../../../src/lib/pages/page-to-read.ts';
import { PageScanner } from '../../../src/lib/pages/scan/page-scanner.ts';
import { PageTexts } from '../../../src/lib/pages/scan/page-texts.ts';
import { scanPlainPage } from '../../../src/lib/pages/scan/plain-page.ts';
import { RecordBuilder } from '../../../src/lib/pages/scan/record-builder.ts';
import { isSurprise } from '../../../src/lib/pages/scan/surprise.ts';
import { UsageSummer } from '../../../src/lib/pages/scan/usage-summer.ts';
import { PAGE, PAGE_KEY } from '../../support/files.ts';

export const WANTED: PageToRead = { key: PAGE_KEY, meant: PAGE, maxBytes: 1e9 };

/** What was made of the bytes of a page: its records and `parts`, or undefined where they were refused. */
export type Reading = { readonly parts: number | undefined; readonly data: MeteringRecord[] };

/** The fast reading, of chunks that end at some offsets. */
export function readFast(
  json: Uint8Array,
  offsets: readonly number[],
  texts = new PageTexts(),
): Reading | undefined {
  const builder = new RecordBuilder(texts);
  const scanner = new PageScanner(WANTED, texts, builder);
  const data: MeteringRecord[] = [];
  try {
    for (const chunk of cut(json, offsets)) {
      scanner.push(chunk);
      data.push(...builder.take());
    }
    scanner.finish();
    data.push(...builder.take());
    return { parts: scanner.parts, data };
  } catch (error) {
    if (!isSurprise(error)) throw error;
    return undefined;
  }
}

/** The reading at once of what is a plain page; undefined where the exact parser has to decide. */
export function readPlain(json: Uint8Array, texts = new PageTexts()): Reading | undefined {
  const builder = new RecordBuilder(texts);
  const end = scanPlainPage(json, WANTED.meant, texts, builder);
  const data = builder.take();
  if (end !== undefined) expect(end.records).toBe(data.length);
  return end && { parts: end.parts, data };
}

/** The reading of the exact parser. */
export function readExactly(json: Uint8Array): Reading | undefined {
  try {
    return decodeBody(json, WANTED.key, WANTED.meant);
  } catch (error) {
    if (!isSurprise(error)) throw error;
    return undefined;
  }
}

/** What a page adds up to: sums by cluster, metric and unit, as JSON. */
export interface PageSums {
  readonly sums: { readonly [names: string]: bigint };
  readonly records: number;
  readonly others: number;
}

/** The sums that are made without records, or undefined where the page is refused. */
export function sumFast(
  json: Uint8Array,
  offsets: readonly number[],
  byCluster: boolean,
  texts: PageTexts,
): PageSums | undefined {
  const summer = new UsageSummer(texts, byCluster);
  const scanner = new PageScanner(WANTED, texts, summer);
  try {
    for (const chunk of cut(json, offsets)) scanner.push(chunk);
    scanner.finish();
  } catch (error) {
    if (!isSurprise(error)) throw error;
    return undefined;
  }
  const sums: Record<string, bigint> = {};
  summer.flush({
    byCluster,
    addUsage: (metric, unit, sum, clusterId) => {
      addTo(sums, [clusterId, metric, unit], sum);
    },
  });
  return { sums, records: scanner.records, others: summer.others };
}

/** The sums of records that are there. */
export function sumRecords(data: readonly MeteringRecord[], byCluster: boolean): PageSums {
  const sums: Record<string, bigint> = {};
  let others = 0;
  for (const record of data) {
    const id = Object.entries(record).find(([name]) => name === 'logical_cluster_id')?.[1];
    const clusterId = byCluster && typeof id === 'string' ? id : undefined;
    for (const [name, member] of Object.entries(record)) {
      const { value, unit } = isObject(member) && isMetric(member) ? member : {};
      if (isMetricValue(value) && typeof unit === 'string') {
        addTo(sums, [clusterId, name, unit], BigInt(value));
      } else if (name !== 'logical_cluster_id' || typeof member !== 'string') {
        others += 1;
      }
    }
  }
  return { sums, records: data.length, others };
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addTo(sums: Record<string, bigint>, names: readonly unknown[], sum: bigint): void {
  const name = JSON.stringify(names);
  sums[name] = (sums[name] ?? 0n) + sum;
}

/** Pieces of bytes, cut at offsets in any order. */
function cut(bytes: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const ends = [...offsets, bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

/** A value with every type, and the order of its keys, in sight: -0 is not 0 and 1n is not 1. */
export function spelledOut(value: JsonValue | undefined): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(spelledOut);
  return Object.entries(value).map(([key, member]) => [key, spelledOut(member)]);
}
