/** `pnpm types [turbo options]`: type-checks every package, and sees that it leaves no file out. */
import { join } from 'node:path';
import { filesNamed } from './lib/files-named.ts';
import { runTasks } from './lib/turbo.ts';
import { filesWithoutTypeCheck } from './lib/type-checked-files.ts';

/** Compiled as a stranger would, by the tests of `e2e/consumers`. */
const STRANGERS = /^examples\/(any-storage|storage-gcs)\//;

const WORKSPACE = join(import.meta.dirname, '..');
process.chdir(WORKSPACE);

const files = filesNamed('*.ts', '*.mts', '*.cts', 'package.json');
const unchecked = filesWithoutTypeCheck(WORKSPACE, files).filter((file) => !STRANGERS.test(file));
for (const file of unchecked) {
  console.error(`${file}: no types script compiles it. Put it into the include of a tsconfig.json`);
}
const exitCode = await runTasks('types', process.argv.slice(2));
process.exitCode = unchecked.length > 0 ? 1 : exitCode;
