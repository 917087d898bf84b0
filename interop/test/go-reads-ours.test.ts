import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeteringRecord } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMetaWriter } from '@metering/writer';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { linesOfMetaData, linesOfPages } from './expected-lines.ts';
import { buildGoProgram, type GoLine, isGoInstalled, readWithGo } from './go-program.ts';
import { manyRecords, randomRecords } from './random-records.ts';
import { vectorCases } from './vector-cases.ts';
import { writePageSet } from './write-case.ts';

const hasGo = isGoInstalled();
/** Where everything must be tested, a missing Go is a failure. */
const mustHaveGo = process.env.CI === 'true';

describe('what we wrote, read by Go', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'metering-go-'));
  let program = '';

  beforeAll(() => {
    if (hasGo || mustHaveGo) program = buildGoProgram(scratch);
  });
  beforeEach(({ skip }) => skip(!hasGo, 'Go is not installed'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  async function expectSame(write: (folder: string) => Promise<GoLine[]>): Promise<void> {
    const folder = mkdtempSync(join(scratch, 'files-'));
    const expected = await write(folder);
    expect(inOrder(readWithGo(program, folder))).toEqual(inOrder(expected));
  }

  for (const vector of vectorCases()) {
    it(`agrees to the digit: ${vector.name}`, async () => {
      await expectSame(async (folder) => {
        const storage = createLocalFsStorage({ basePath: folder });
        const lines: GoLine[] = [];
        for (const set of vector.pageSets) {
          lines.push(...linesOfPages(set, await writePageSet(storage, set)));
        }
        for (const data of vector.metadata) {
          await createMetaWriter({ storage }).write(data);
          lines.push(...linesOfMetaData(data));
        }
        return lines;
      });
    });
  }

  it('agrees to the digit on one large page: it is one gzip member', async () => {
    await expectSame((folder) => writeAnySet(folder, 0, manyRecords(20_000)));
  });

  it('agrees to the digit on any records, however they are split', async () => {
    const pageSize = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 600 }));
    await fc.assert(
      fc.asyncProperty(pageSize, randomRecords, (pageSizeBytes, data) =>
        expectSame((folder) => writeAnySet(folder, pageSizeBytes, data)),
      ),
      { numRuns: 60 },
    );
  });
});

/** Writes records as one set and gives the lines that Go must print. */
async function writeAnySet(
  folder: string,
  pageSizeBytes: number,
  data: readonly MeteringRecord[],
): Promise<GoLine[]> {
  const set = { timestamp: 1755850380, category: 'any', selfId: 's1', pageSizeBytes, data };
  return linesOfPages(set, await writePageSet(createLocalFsStorage({ basePath: folder }), set));
}

function inOrder(lines: readonly GoLine[]): string[] {
  return lines.map(({ key, path, kind, text }) => JSON.stringify([key, path, kind, text])).sort();
}
