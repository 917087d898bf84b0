/**
 * `node scripts/run-bundled.mjs PROGRAM [arguments]`: runs a program of the workspace from its TypeScript
 * source, all modules in one file. It is there sooner than by a loader, to which each module is handed alone;
 * and sooner still the next time, as long as nothing that it is made of has changed. `npm run` hands it to pnpm where
 * there is something to install.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRunByNpm, runByPnpm } from './lib/by-pnpm.mjs';

const WORKSPACE = join(import.meta.dirname, '..');
const CACHE = join(WORKSPACE, 'node_modules/.cache/metering');
/** Beside the modules: what says which ones they are, and how they are put together. */
const MORE_INPUTS = ['pnpm-lock.yaml', 'scripts/run-bundled.mjs'];

const [program, ...args] = process.argv.slice(2);
const entryPoint = resolve(program);
const cached = join(CACHE, relative(WORKSPACE, entryPoint).replaceAll(/[^\w]+/g, '-'));
const known = readBundle(`${cached}.json`);
const { folder } = isCurrent(known) ? known : await makeBundle();
process.argv = [process.execPath, program, ...args];
await import(pathToFileURL(join(folder, `${basename(entryPoint, '.ts')}.mjs`)).href);

/** Where a bundle is, and of each file that it is made of when that was changed. */
function readBundle(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isCurrent(bundle) {
  if (bundle === undefined) return false;
  const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return Object.entries(bundle.times).every(([file, time]) => timeOf(file) === time);
}

/** Whether what the lockfile names is there: pnpm keeps a copy of the one that it has installed. */
function isInstalled() {
  const installed = join(WORKSPACE, 'node_modules/.pnpm/lock.yaml');
  const wanted = join(WORKSPACE, 'pnpm-lock.yaml');
  return existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted));
}

/** In a folder of its own, which is known when it is whole: others may be at it, or this one be ended. */
async function makeBundle() {
  if (isRunByNpm() && !isInstalled()) runByPnpm(args);
  const { build } = await import('esbuild');
  mkdirSync(CACHE, { recursive: true });
  const outdir = mkdtempSync(`${cached}-`);
  const { metafile } = await build({
    entryPoints: [entryPoint],
    outdir,
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
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs).map((file) => resolve(file));
  const files = [...inputs, ...MORE_INPUTS.map((file) => join(WORKSPACE, file))];
  const times = Object.fromEntries(files.map((file) => [file, statSync(file).mtimeMs]));
  const bundle = { folder: outdir, times };
  writeFileSync(join(outdir, 'bundle.json'), JSON.stringify(bundle));
  renameSync(join(outdir, 'bundle.json'), `${cached}.json`);
  if (known !== undefined) rmSync(known.folder, { recursive: true, force: true });
  return bundle;
}
