import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { createMemoryStorage, type JsonValue, type MetaType, parseJson } from '@metering/core';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { expect, it } from 'vitest';

const document = await readFile(new URL('../../docs/file-format.md', import.meta.url), 'utf8');

/** The file that the document shows, on one line as it is stored. */
function shown(first: string): string {
  const [, text = ''] =
    new RegExp(`^\`\`\`json\\n({"${first}".*?)^\`\`\`$`, 'ms').exec(document) ?? [];
  return text.replaceAll(/\n */g, '');
}

it('docs/file-format.md shows a page byte for byte as it is written', async () => {
  const text = shown('timestamp');
  const { timestamp, category, self_id: selfId, data } = parseJson(text) as unknown as PageFile;
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage });
  const { pages } = await writer.write({ timestamp, category, selfId, data });
  expect(gunzipSync(await storage.get(pages[0]!.key)).toString()).toBe(text);
});

it('docs/file-format.md shows metadata byte for byte as it is written', async () => {
  const text = shown('cluster_id');
  const file = parseJson(text) as unknown as MetaFile;
  const { cluster_id: clusterId, type, category, modify_ts: modifyTs, metadata } = file;
  const storage = createMemoryStorage();
  const writer = createMetaWriter({ storage });
  const { key } = await writer.write({ clusterId, type, category, modifyTs, metadata });
  expect(gunzipSync(await storage.get(key)).toString()).toBe(text);
});

// A third block could say that it is checked, and be read by nobody.
it('docs/file-format.md says of no other block that it is checked here', () => {
  const blocks = document.matchAll(/file-format\.test\.ts -->\n```json\n\{"(\w+)"/g);
  expect([...blocks].map(([, first]) => first)).toEqual(['timestamp', 'cluster_id']);
  expect(document.match(/file-format\.test\.ts/g)).toHaveLength(2);
});

interface PageFile {
  readonly timestamp: number;
  readonly category: string;
  readonly self_id: string;
  readonly data: readonly { readonly [key: string]: JsonValue }[];
}

interface MetaFile {
  readonly cluster_id: string;
  readonly type: MetaType;
  readonly category: string;
  readonly modify_ts: number;
  readonly metadata: { readonly [key: string]: JsonValue };
}
