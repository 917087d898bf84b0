import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { hourOfUsage } from '../quickstart/hour-of-usage.ts';
import { tableOf } from '../quickstart/table.ts';
import { runExample } from './run-example.ts';
import { totalsOf } from './totals-of.ts';

const QUICKSTART = 'quickstart/quickstart.ts';
const PAGES = 60 * 3;

/** The table that must be printed: what was metered, added up without storing it. */
function expectedTable(): string {
  const metered = hourOfUsage().flatMap(({ data }) => data);
  return tableOf(totalsOf(metered))
    .map((line) => `  ${line}`)
    .join('\n');
}

/** Every file below a folder with the time of its last change. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const lines = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return `${path} ${(await stat(path)).mtimeMs}`;
  });
  return (await Promise.all(lines)).sort();
}

describe('the quickstart', () => {
  it('reads back what it metered, to the last unit', async () => {
    const folder = await temporaryFolder();
    const output = await runExample(QUICKSTART, { cwd: folder });
    expect(output).toContain(expectedTable());
    expect(output).toContain('metering-data/metering/ru/');
    expect(output).toContain(`Wrote ${PAGES} pages`);
    expect(await filesIn(join(folder, 'metering-data'))).toHaveLength(PAGES);
  });

  it('finds every page unchanged the second time, and doubles nothing', async () => {
    const folder = await temporaryFolder();
    await runExample(QUICKSTART, { cwd: folder, args: ['usage'] });
    const files = await filesIn(join(folder, 'usage'));
    const output = await runExample(QUICKSTART, { cwd: folder, args: ['usage'] });
    expect(output).toContain(`All ${PAGES} pages`);
    expect(output).toContain('already there, unchanged');
    expect(output).toContain(expectedTable());
    expect(await filesIn(join(folder, 'usage'))).toEqual(files);
  });

  it('meters into what a URI or a configuration file names', async () => {
    const folder = await temporaryFolder();
    const { href } = pathToFileURL(join(folder, 'by-uri'));
    expect(
      await runExample(QUICKSTART, { cwd: folder, args: [`${href}?shared-pool-id=pool-a`] }),
    ).toContain(expectedTable());
    expect(await filesIn(join(folder, 'by-uri'))).toHaveLength(PAGES);
    await writeFile(
      join(folder, 'usage.yaml'),
      'type: localfs\nshared-pool-id: pool-a\nlocalfs:\n  base-path: by-uri\n',
    );
    const output = await runExample(QUICKSTART, { cwd: folder, args: ['usage.yaml'] });
    expect(output).toContain(`All ${PAGES} pages`);
    expect(output).toContain('already there, unchanged');
  });

  it('says in one line why it cannot write', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'taken'), 'a file');
    const run = runExample(QUICKSTART, { cwd: folder, args: ['taken'] });
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^quickstart: .+\n$/),
    });
  });
});
