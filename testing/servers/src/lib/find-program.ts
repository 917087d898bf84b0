import { execFile } from 'node:child_process';
import { access, constants, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ServerRecipe } from './server-recipe.ts';

const run = promisify(execFile);
/** A lock this old was left by a build that died. */
const STALE_LOCK_MS = 20 * 60_000;

/**
 * The program of a server: on PATH, or built once with Go into a cache outside the repository.
 * Undefined where there is neither.
 */
export async function findProgram(recipe: ServerRecipe): Promise<string | undefined> {
  const onPath = await findOnPath(recipe.command);
  if (onPath !== undefined) return onPath;
  const folder = join(cacheFolder(), cacheName(recipe));
  const cached = join(folder, recipe.command);
  if (await isExecutable(cached)) return cached;
  const go = await findOnPath('go');
  return go === undefined ? undefined : buildOnce(recipe, go, folder);
}

async function findOnPath(command: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, command);
    if (folder !== '' && (await isExecutable(path))) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function cacheFolder(): string {
  const root = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return process.env.METERING_TEST_CACHE ?? join(root, 'metering-test-servers');
}

function cacheName(recipe: ServerRecipe): string {
  return `${recipe.command}-${recipe.goPackage.slice(recipe.goPackage.indexOf('@') + 1)}`;
}

/** Builds under a lock, so that test runs side by side build once. */
async function buildOnce(recipe: ServerRecipe, go: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const program = join(folder, recipe.command);
  const unlock = await lock(join(folder, 'lock'));
  try {
    if (!(await isExecutable(program))) await build(recipe, go, folder);
    return program;
  } finally {
    await unlock();
  }
}

async function build(recipe: ServerRecipe, go: string, folder: string): Promise<void> {
  const started = Date.now();
  console.log(`Building ${recipe.goPackage} once (one to three minutes) …`);
  const staging = join(folder, 'staging');
  await run(go, ['install', '-trimpath', recipe.goPackage], {
    env: { ...process.env, GOBIN: staging },
    maxBuffer: 1 << 26,
  });
  await rename(join(staging, recipe.command), join(folder, recipe.command));
  console.log(`Built ${recipe.name} in ${Math.round((Date.now() - started) / 1000)} s`);
}

async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await (await open(path, 'wx')).close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      await sleep(500);
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > STALE_LOCK_MS) await rm(path, { force: true });
    }
  }
}
