import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

const WORKSPACE = join(import.meta.dirname, '../../../..');

/** What applications and third parties install. */
const PACKAGES = '--filter=./packages/*';

/** Builds what is not built as it stands, packs all as for the registry, and gives the tarballs. */
export async function packPackages(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  await pnpm('exec', 'turbo', 'run', 'build', '--output-logs=errors-only', PACKAGES);
  await pnpm(PACKAGES, 'pack', '--pack-destination', folder);
  return (await readdir(folder)).map((file) => join(folder, file));
}

function pnpm(...args: readonly string[]): Promise<string> {
  const env = { TURBO_TELEMETRY_DISABLED: '1' };
  return run('npx', ['-y', 'pnpm@12', ...args], { cwd: WORKSPACE, env });
}
