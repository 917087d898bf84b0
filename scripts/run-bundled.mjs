/**
 * `node scripts/run-bundled.mjs PROGRAM [arguments]`: runs a program of the workspace from its TypeScript
 * source, all modules in one file. It is there sooner than by a loader, to which each module is handed alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const [program, ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'metering-bundled-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
buildSync({
  entryPoints: [program],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What is imported when it is needed stays apart.
  splitting: true,
  format: 'esm',
  target: 'node20.19',
  // Not Node's own platform, for which packages give CommonJS, whose names `import()` of a bundle lacks.
  platform: 'neutral',
  mainFields: ['module', 'main'],
  external: ['node:*'],
  conditions: ['@metering/source'],
});
process.argv = [process.execPath, program, ...args];
await import(pathToFileURL(join(folder, basename(program).replace(/\.ts$/, '.mjs'))).href);
