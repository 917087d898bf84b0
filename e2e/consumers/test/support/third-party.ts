import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { npmInstall } from './npm.ts';
import { run } from './run.ts';

/** Where somebody else wrote a provider, far from our workspace. */
export interface ThirdParty {
  /** The project, installed and built. */
  readonly folder: string;
  /** What it publishes. */
  readonly tarball: string;
}

/** The sources of the example. */
export const EXAMPLE = join(import.meta.dirname, '../../../../examples/storage-gcs');

/** Copies the example, installs what it lists, type-checks it, builds it and packs it. */
export async function installThirdParty(folder: string, registry: string): Promise<ThirdParty> {
  await cp(EXAMPLE, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  await npmInstall(folder, registry);
  await run('npm', ['pack', '--loglevel=error'], { cwd: folder });
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm packed nothing');
  return { folder, tarball: join(folder, tarball) };
}
