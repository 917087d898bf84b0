import { type MetaData, stringifyJson } from '@metering/core';

/** A metadata file, whole. */
export function metaBody(data: MetaData): string {
  return stringifyJson({
    cluster_id: data.clusterId,
    type: data.type,
    ...(data.category ? { category: data.category } : {}),
    modify_ts: data.modifyTs,
    metadata: data.metadata,
  });
}
