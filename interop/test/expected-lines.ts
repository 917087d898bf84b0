import {
  DEFAULT_SHARED_POOL_ID,
  type JsonValue,
  type MetaData,
  metaKey,
  type WrittenPage,
} from '@metering/core';
import type { GoLine } from './go-program.ts';
import type { PageSetWrite } from './vector-cases.ts';

/** The lines that Go must print of a set, given how it was split into pages. */
export function linesOfPages(set: PageSetWrite, pages: readonly WrittenPage[]): GoLine[] {
  let start = 0;
  return pages.flatMap(({ key, part, records }) => {
    const data = set.data.slice(start, start + records);
    start += records;
    return linesOfMembers(key, '', {
      timestamp: set.timestamp,
      category: set.category,
      self_id: set.selfId,
      shared_pool_id: set.sharedPoolId ?? DEFAULT_SHARED_POOL_ID,
      part,
      data,
    });
  });
}

/** The lines that Go must print of a metadata file. */
export function linesOfMetaData(data: MetaData): GoLine[] {
  return linesOfMembers(metaKey(data), '', {
    cluster_id: data.clusterId,
    type: data.type,
    category: data.category ?? '',
    modify_ts: data.modifyTs,
    metadata: data.metadata,
  });
}

function linesOf(key: string, path: string, value: JsonValue): GoLine[] {
  if (typeof value !== 'object') return [{ key, path, kind: kindOf(value), text: String(value) }];
  if (value === null) return [{ key, path, kind: 'null', text: 'null' }];
  const kind = Array.isArray(value) ? 'array' : 'object';
  const text = String(Object.keys(value).length);
  return [{ key, path, kind, text }, ...linesOfMembers(key, path, value)];
}

function linesOfMembers(key: string, path: string, members: object): GoLine[] {
  return Object.entries(members).flatMap(([name, member]) =>
    linesOf(key, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, member),
  );
}

function kindOf(value: string | number | bigint | boolean): string {
  return typeof value === 'bigint' ? 'number' : typeof value;
}
