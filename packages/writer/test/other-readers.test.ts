import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMemoryStorage, stringifyJson } from '@metering/core';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { dataOf } from './support/data.ts';
import { Random, RECORD_KINDS, randomRecord } from './support/random-records.ts';
import { storedPages } from './support/stored-pages.ts';

interface OtherReader {
  readonly name: string;
  readonly command: string;
  readonly version: string;
  /** Before the paths of files that are to be read as one gzip member each. */
  readonly arguments: readonly string[];
}

const READERS: readonly OtherReader[] = [
  { name: 'Go', command: 'go', version: 'version', arguments: ['run', program('read-member.go')] },
  {
    name: 'Python',
    command: 'python3',
    version: '--version',
    arguments: [program('read_member.py')],
  },
];

/** Where everything must be tested, a missing program is a failure. */
const mustHaveAll = process.env.CI === 'true';

describe.each(READERS)('$name, which reads no more than one gzip member,', (reader) => {
  const isInstalled = spawnSync(reader.command, [reader.version]).status === 0;

  it('reads every page, whichever way it was compressed', async ({ skip }) => {
    skip(!isInstalled && !mustHaveAll, `${reader.name} is not installed`);
    const { paths, hashes } = await writePages();
    const env = { ...process.env, GOTOOLCHAIN: 'local' };
    const output = execFileSync(reader.command, [...reader.arguments, ...paths], { env });
    expect(output.toString().trim().split('\n')).toEqual(hashes);
  });
});

/** Sets of each kind of records, in large and in small pages. */
async function writePages(): Promise<{ paths: string[]; hashes: string[] }> {
  const folder = await temporaryFolder();
  const paths: string[] = [];
  const hashes: string[] = [];
  for (const kind of RECORD_KINDS) {
    const random = new Random(11);
    const records = random.list(2500, () => randomRecord(random, kind));
    const storage = createMemoryStorage();
    const writer = createMeteringWriter({ storage, pageSizeBytes: 300_000 });
    await writer.write(dataOf(records));
    const pages = await storedPages(storage);
    const stored = pages.map(({ text }) => text.slice(text.indexOf('"data":[') + 8, -2)).join(',');
    expect(stored === records.map(stringifyJson).join(',')).toBe(true);
    for (const { key, text } of pages) {
      paths.push(join(folder, `${paths.length}.json.gz`));
      await writeFile(paths.at(-1)!, await storage.get(key));
      hashes.push(createHash('sha256').update(text).digest('hex'));
    }
  }
  return { paths, hashes };
}

function program(file: string): string {
  return fileURLToPath(new URL(`readers/${file}`, import.meta.url));
}
