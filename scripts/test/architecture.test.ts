import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { importGraph } from '../lib/import-graph.ts';
import { packageEntries } from '../lib/package-entries.ts';

const WORKSPACE = join(import.meta.dirname, '../..');
const PACKAGES = join(WORKSPACE, 'packages');
const PICTURE = join(WORKSPACE, 'docs/architecture.svg');

describe('the imports of the packages', async () => {
  const graph = await importGraph(WORKSPACE);

  it('keep the rules', () => {
    expect(graph.violations).toEqual([]);
  });

  it('enter a package only by what its exports declare, which is what stands beside its lib', async () => {
    for (const name of await readdir(PACKAGES)) {
      const { declared, present } = packageEntries(join(PACKAGES, name));
      expect([name, ...present]).toEqual([name, ...declared]);
    }
  });

  it('are the arrows of the picture, no more and no fewer', async () => {
    const picture = await readFile(PICTURE, 'utf8');
    const drawn = picture.matchAll(/data-from="([^"]+)" data-to="([^"]+)"/g);
    expect([...drawn].map(([, from, to]) => `${from} → ${to}`).sort()).toEqual(graph.arrows);
  });
});

// The rules were listed once, and never looked at.
it('a broken rule is found', async () => {
  const workspace = await temporaryFolder();
  const sources = {
    'packages/core/src/index.ts': "export { a } from './lib/a.ts';",
    'packages/core/src/lib/a.ts': "import './b.ts'; export const a = 1;",
    'packages/core/src/lib/b.ts':
      "import type {} from './a.ts'; import '../../../writer/src/index.ts';",
    'packages/writer/src/index.ts': "export { c } from './lib/c.ts';",
    'packages/writer/src/lib/c.ts':
      "import '../index.ts'; export { a as c } from '../../../core/src/lib/a.ts';",
  };
  for (const [path, text] of Object.entries(sources)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  const { violations } = await importGraph(workspace);
  const rules = violations.map((line) => line.replace(/:.*/, ''));
  expect(new Set(rules)).toEqual(
    new Set([
      'no cycles',
      "another package's lib is private",
      'core imports no other package',
      'a public entry re-exports; lib never imports it',
    ]),
  );
});
