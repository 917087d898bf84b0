import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type MetaData,
  type MetaType,
  type MeteringData,
  type MeteringRecord,
  parseJson,
} from '@metering/core';

/** One folder of `vectors/go`: what the Go SDK was asked to write, and where it wrote it. */
export interface VectorCase {
  readonly name: string;
  readonly about: string;
  readonly folder: string;
  readonly pageSets: readonly PageSetWrite[];
  readonly metadata: readonly MetaData[];
}

export interface PageSetWrite extends MeteringData {
  readonly data: readonly MeteringRecord[];
  /** 0: not paginated. */
  readonly pageSizeBytes: number;
}

/** The writes of a `case.json`, by the Go SDK's own names. */
type GoWrite = GoPageWrite | GoMetaWrite;

interface GoPageWrite {
  readonly kind: 'page';
  readonly timestamp: number;
  readonly category: string;
  readonly self_id: string;
  readonly shared_pool_id?: string;
  readonly page_size_bytes?: number;
  readonly data: readonly MeteringRecord[];
}

interface GoMetaWrite {
  readonly kind: 'meta';
  readonly cluster_id: string;
  readonly type: MetaType;
  readonly category?: string;
  readonly modify_ts: number;
  readonly metadata: MetaData['metadata'];
}

const VECTORS = fileURLToPath(new URL('vectors/go/', import.meta.url));

/** Every case, by name. */
export function vectorCases(): VectorCase[] {
  return readdirSync(VECTORS).sort().map(readCase);
}

function readCase(name: string): VectorCase {
  const text = readFileSync(`${VECTORS}${name}/case.json`);
  const { about, writes } = parseJson(text) as unknown as { about: string; writes: GoWrite[] };
  return {
    name,
    about,
    folder: `${VECTORS}${name}/files`,
    pageSets: writes.filter((write) => write.kind === 'page').map(toPageSet),
    metadata: writes.filter((write) => write.kind === 'meta').map(toMetaData),
  };
}

function toPageSet(write: GoPageWrite): PageSetWrite {
  return {
    timestamp: write.timestamp,
    category: write.category,
    selfId: write.self_id,
    sharedPoolId: write.shared_pool_id,
    pageSizeBytes: write.page_size_bytes ?? 0,
    data: write.data,
  };
}

function toMetaData(write: GoMetaWrite): MetaData {
  return {
    clusterId: write.cluster_id,
    type: write.type,
    category: write.category,
    modifyTs: write.modify_ts,
    metadata: write.metadata,
  };
}
