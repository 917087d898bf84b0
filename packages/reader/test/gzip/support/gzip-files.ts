import { crc32, gunzipSync } from 'node:zlib';

const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** A gzip file with what its trailer says of a content. */
export function gzipFile(deflated: Uint8Array, content: Uint8Array, size = content.length): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(size, 4);
  return Buffer.concat([HEADER, deflated, trailer]);
}

/** The content that zlib finds in a file whose every byte is of its members; undefined where it finds none. */
export function zlibContent(file: Uint8Array): Buffer | undefined {
  try {
    const unzipped = gunzipSync(file, { info: true }) as never as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return unzipped.engine.bytesWritten === file.length ? unzipped.buffer : undefined;
  } catch {
    return undefined;
  }
}

/** The JSON of a page of so many records. */
export function pageText(records: number, seed = 1): string {
  const data = Array.from({ length: records }, (_, index) => ({
    logical_cluster_id: `lc-${(seed * 7919 + index * 104_729).toString(16)}`,
    compute_seconds: { value: (seed * 7919 + index * 31_337) % 1_000_000, unit: 'seconds' },
    memory_mb: { value: 8192, unit: 'MB' },
    network_in_bytes: { value: 99_123_456_789 + seed, unit: 'bytes' },
  }));
  return JSON.stringify({
    timestamp: 1_700_000_040,
    category: 'tidb',
    self_id: 'a',
    part: 0,
    data,
  });
}
