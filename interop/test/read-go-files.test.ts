import { DEFAULT_SHARED_POOL_ID, metaKey, parseMeteringKey } from '@metering/core';
import { createMetaReader, createMeteringReader, type MeteringPage } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { describe, expect, it } from 'vitest';
import { allKeys, allPages } from './page-sets.ts';
import { type PageSetWrite, type VectorCase, vectorCases } from './vector-cases.ts';

const cases = vectorCases();

describe.each(cases.filter((vector) => vector.pageSets.length > 0))(
  'pages of Go, $name: $about',
  (vector) => {
    it.each(vector.pageSets)(
      'gives back every record of $category/$sharedPoolId/$selfId',
      async (set) => {
        const pages = await readSet(vector, set);
        expect(pages.flatMap((page) => page.data)).toStrictEqual(set.data);
      },
    );

    it.each(vector.pageSets)(
      'numbers the pages of $category/$sharedPoolId/$selfId',
      async (set) => {
        const pages = await readSet(vector, set);
        expect(pages.map((page) => page.part)).toEqual(pages.map((_, index) => index));
      },
    );

    it('holds no page that was not asked for, and says of none that its set is complete', async () => {
      const pages = await allPages(open(vector));
      const records = vector.pageSets.reduce((sum, set) => sum + set.data.length, 0);
      expect(pages.reduce((sum, page) => sum + page.data.length, 0)).toBe(records);
      for (const { key, data, parts, ...header } of pages) {
        expect(header).toEqual(parseMeteringKey(key));
        expect(parts).toBeUndefined();
      }
    });
  },
);

describe.each(cases.filter((vector) => vector.metadata.length > 0))(
  'metadata of Go, $name: $about',
  (vector) => {
    it.each(vector.metadata)(
      'reads $type of $category/$clusterId as of $modifyTs',
      async (data) => {
        const reader = createMetaReader({ storage: open(vector) });
        const expected = { ...data, key: metaKey(data) };
        expect(await reader.readFile(metaKey(data))).toEqual(expected);
        expect(await reader.read({ ...data, at: data.modifyTs })).toEqual(expected);
      },
    );

    it('holds no file that was not asked for', async () => {
      expect(await allKeys(open(vector))).toEqual(vector.metadata.map(metaKey).sort());
    });
  },
);

function open(vector: VectorCase) {
  return createLocalFsStorage({ basePath: vector.folder, createDirs: false });
}

async function readSet(vector: VectorCase, set: PageSetWrite): Promise<MeteringPage[]> {
  const reader = createMeteringReader({ storage: open(vector) });
  const { timestamp, category, selfId, sharedPoolId = DEFAULT_SHARED_POOL_ID } = set;
  const pages: MeteringPage[] = [];
  for await (const info of reader.list({ timestamp, category, sharedPoolId, selfId })) {
    pages.push(await reader.read(info));
  }
  return pages;
}
