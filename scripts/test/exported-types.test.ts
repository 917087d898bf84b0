import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { exportedTypes, reportsOfNothing } from '../lib/exported-types.ts';

/** The entry points of a package that publishes those. */
async function typesOf(exports: Readonly<Record<string, unknown>>) {
  const folder = join(await temporaryFolder(), 'reader');
  await mkdir(folder, { recursive: true });
  const manifest = { name: '@metering/reader', publishConfig: { exports } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return exportedTypes(folder);
}

const MAIN = { types: './dist/index.d.ts', default: './dist/index.js' };
const RANGES = { types: './dist/ranges.d.ts', default: './dist/ranges.js' };

it('every entry point with types has a report', async () => {
  const exported = await typesOf({
    '.': MAIN,
    './ranges': RANGES,
    './schema.json': './schema.json',
  });
  expect(exported.map(({ report }) => report)).toEqual(['reader', 'reader-ranges']);
});

// It could be taken away from users without a word: its report was compared with nothing.
it('an entry point that is gone leaves a report of nothing', async () => {
  const exported = await typesOf({ '.': MAIN });
  const reports = ['reader.api.md', 'reader-ranges.api.md', 'README.md'];
  expect(reportsOfNothing(reports, exported)).toEqual(['reader-ranges.api.md']);
});
