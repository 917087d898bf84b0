import { cpSync } from 'node:fs';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { describe, expect, it } from 'vitest';
import { allKeys, allPages, writeCase, writePageSet } from './page-sets.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type VectorCase, vectorCases } from './vector-cases.ts';

/** A page's size counts the bytes that its own writer writes, and Go writes `<` in six. */
const SPLIT_BY_GO_ALONE = 'page-html-size';

const cases = vectorCases();
const sameSplit = cases.filter((vector) => vector.name !== SPLIT_BY_GO_ALONE);
const otherSplit = cases.find((vector) => vector.name === SPLIT_BY_GO_ALONE)!;

describe.each(sameSplit)('writing what Go wrote, $name: $about', (vector) => {
  it('gives the same keys and the same values in each page', async () => {
    const ours = createLocalFsStorage({ basePath: temporaryFolder() });
    await writeCase(ours, vector);
    expect(await allKeys(ours)).toEqual(await allKeys(filesOfGo(vector)));
    expect(await pagesWithoutParts(ours)).toStrictEqual(await pagesWithoutParts(filesOfGo(vector)));
  });

  it('finds every file of Go to be what it was about to write', async () => {
    const storage = copyOfGoFiles(vector);
    const keys = await allKeys(storage);
    const files = await writeCase(storage, vector);
    expect(files.map((file) => file.key).sort()).toEqual([...keys].sort());
    expect(new Set(files.map((file) => file.outcome))).toEqual(new Set(['unchanged']));
    expect(await allKeys(storage)).toEqual(keys);
  });
});

describe(`writing what Go wrote, ${otherSplit.name}: ${otherSplit.about}`, () => {
  const [set] = otherSplit.pageSets;

  it('splits by the bytes that we write', async () => {
    const ours = createLocalFsStorage({ basePath: temporaryFolder() });
    const pages = await writePageSet(ours, set!);
    expect(pages.map((page) => page.records)).toEqual([6, 2]);
    expect((await allPages(ours)).flatMap((page) => page.data)).toStrictEqual(set!.data);
  });

  it('takes the files of Go, which are split elsewhere, for other data', async () => {
    const storage = copyOfGoFiles(otherSplit);
    await expect(writePageSet(storage, set!)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await allPages(storage)).toStrictEqual(await allPages(filesOfGo(otherSplit)));
  });
});

function filesOfGo(vector: VectorCase) {
  return createLocalFsStorage({ basePath: vector.folder, createDirs: false });
}

function copyOfGoFiles(vector: VectorCase) {
  const folder = temporaryFolder();
  cpSync(vector.folder, folder, { recursive: true });
  return createLocalFsStorage({ basePath: folder });
}

async function pagesWithoutParts(storage: Parameters<typeof allPages>[0]) {
  return (await allPages(storage)).map(({ parts, ...page }) => page);
}
