import type { JsonValue, MetaKey } from '@metering/core';
import { describeValue, isPlainObject } from '@metering/core/building-blocks';
import { checkAgainstKey, type FileBody, parseBody, unexpectedShape } from '../file-body.ts';

/** Metadata as it was stored: what its key says, and what is free-form. */
export interface MetaRecord extends MetaKey {
  readonly key: string;
  readonly metadata: { readonly [key: string]: JsonValue };
}

/**
 * Reads the JSON of a metadata file, every integer exact. Fields that it does not know are ignored.
 *
 * @throws FormatError `INVALID_JSON`, or `UNEXPECTED_SHAPE` when it is no metadata or another key's.
 */
export function decodeMeta(json: Uint8Array, key: string, meant: MetaKey): MetaRecord {
  const body = parseBody(json, key);
  checkAgainstKey(body, key, {
    cluster_id: meant.clusterId,
    type: meant.type,
    category: meant.category ?? '',
    modify_ts: meant.modifyTs,
  });
  return { key, ...meant, metadata: readMetadata(body, key) };
}

function readMetadata({ metadata }: FileBody, key: string): MetaRecord['metadata'] {
  if (metadata === null) return {};
  if (isPlainObject(metadata)) return metadata as MetaRecord['metadata'];
  const found = metadata === undefined ? 'absent' : describeValue(metadata);
  throw unexpectedShape(key, `metadata must be an object, not ${found}`);
}
