import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { filesWithoutTypeCheck } from '../lib/type-checked-files.ts';

// The scripts of a package and the configurations of its tests were compiled by nothing, and nothing said so.
it('names each file that no types script compiles', async () => {
  const workspace = await temporaryFolder();
  const sources = {
    'package.json': '{ "scripts": { "types": "turbo run types" } }',
    'outside.ts': '',
    'packages/a/package.json': '{ "scripts": { "types": "tsc -p . && tsc -p test" } }',
    'packages/a/tsconfig.json': '{ "include": ["src"] }',
    'packages/a/src/index.ts': "import '../scripts/imported.ts';",
    'packages/a/test/tsconfig.json': '{ "include": ["."] }',
    'packages/a/test/a.test.ts': '',
    'packages/a/scripts/imported.ts': '',
    'packages/a/vitest.config.ts': '',
    'packages/b/package.json': '{}',
    'packages/b/tsconfig.json': '{ "include": ["."] }',
    'packages/b/b.mts': '',
  };
  for (const [path, text] of Object.entries(sources)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  expect(filesWithoutTypeCheck(workspace, Object.keys(sources))).toEqual([
    'outside.ts',
    'packages/a/scripts/imported.ts',
    'packages/a/vitest.config.ts',
    'packages/b/b.mts',
  ]);
});
