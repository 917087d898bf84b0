import type { MeteringKey, MeteringRecord } from '@metering/core';
import { describeValue, isPlainObject } from '@metering/core/building-blocks';
import { checkAgainstKey, type FileBody, parseBody, unexpectedShape } from '../file-body.ts';

/** One page: what its key says, and its records. */
export interface MeteringPage extends MeteringKey {
  readonly key: string;
  /** How many pages the set has. On its last page only, and only if that says so. */
  readonly parts?: number | undefined;
  readonly data: MeteringRecord[];
}

/** What a page says beyond its key. */
export interface PageBody {
  /** `parts` as it stands there: 0 where more pages follow. */
  readonly parts: number | undefined;
  readonly data: MeteringRecord[];
}

/**
 * Reads the JSON of a page, every integer exact. Fields that it does not know are ignored.
 *
 * @throws FormatError `INVALID_JSON`, or `UNEXPECTED_SHAPE` when it is no page or another key's.
 */
export function decodeBody(json: Uint8Array, key: string, meant: MeteringKey): PageBody {
  const body = parseBody(json, key);
  const parts = checkHeader(body, key, meant);
  return { parts, data: readRecords(body, key) };
}

/**
 * Holds what a page says beside its records to its key; gives its `parts`.
 *
 * @throws FormatError `UNEXPECTED_SHAPE` naming the field.
 */
export function checkHeader(body: FileBody, key: string, meant: MeteringKey): number | undefined {
  checkAgainstKey(body, key, {
    timestamp: meant.timestamp,
    category: meant.category,
    self_id: meant.selfId,
    shared_pool_id: meant.sharedPoolId,
    part: meant.part,
  });
  return checkParts(body, key, meant.part);
}

export function toMeteringPage(body: PageBody, key: string, meant: MeteringKey): MeteringPage {
  const { parts, data } = body;
  // Each by its name: to spread them takes as long as to parse a record.
  const { timestamp, category, sharedPoolId, selfId, part } = meant;
  // Only the last page knows the size of the set: 0 means that more pages follow.
  return parts
    ? { key, timestamp, category, sharedPoolId, selfId, part, parts, data }
    : { key, timestamp, category, sharedPoolId, selfId, part, data };
}

function checkParts(body: FileBody, key: string, part: number): number | undefined {
  const { parts } = body;
  if (parts === undefined || parts === 0 || parts === part + 1) return parts;
  const expected = `0, or ${part + 1} if page ${part} is the last one`;
  throw unexpectedShape(key, `parts must be ${expected}, not ${describeValue(parts)}`);
}

function readRecords(body: FileBody, key: string): MeteringRecord[] {
  const { data } = body;
  if (data === null) return [];
  if (!Array.isArray(data)) {
    const found = data === undefined ? 'absent' : describeValue(data);
    throw unexpectedShape(key, `data must be a list of records, not ${found}`);
  }
  const records: readonly unknown[] = data;
  const wrong = records.findIndex((record) => !isPlainObject(record));
  if (wrong < 0) return data as MeteringRecord[];
  const found = describeValue(records[wrong]);
  throw unexpectedShape(key, `data[${wrong}] must be a record, an object, not ${found}`);
}
