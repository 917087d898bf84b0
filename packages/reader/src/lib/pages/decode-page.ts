import {
  describeValue,
  isPlainObject,
  type MeteringKey,
  type MeteringRecord,
} from '@metering/core';
import { checkAgainstKey, type FileBody, parseBody, unexpectedShape } from '../file-body.ts';

/** One page: what its key says, and its records. */
export interface MeteringPage extends MeteringKey {
  readonly key: string;
  /** How many pages the set has. On its last page only, and only if that says so. */
  readonly parts?: number | undefined;
  readonly data: MeteringRecord[];
}

/**
 * Reads the JSON of a page, every integer exact. Fields that it does not know are ignored.
 *
 * @throws FormatError `INVALID_JSON`, or `UNEXPECTED_SHAPE` when it is no page or another key's.
 */
export function decodePage(json: Uint8Array, key: string, meant: MeteringKey): MeteringPage {
  const body = parseBody(json, key);
  checkAgainstKey(body, key, {
    timestamp: meant.timestamp,
    category: meant.category,
    self_id: meant.selfId,
    shared_pool_id: meant.sharedPoolId,
    part: meant.part,
  });
  const parts = readParts(body, key, meant.part);
  const data = readRecords(body, key);
  return { key, ...meant, ...(parts === undefined ? {} : { parts }), data };
}

/** The size of the set, which only its last page knows: 0 means that more pages follow. */
function readParts(body: FileBody, key: string, part: number): number | undefined {
  const { parts } = body;
  if (parts === undefined || parts === 0) return undefined;
  if (parts === part + 1) return parts;
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
