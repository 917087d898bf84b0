import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

const QUIET = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/**
 * Installs what a project lists, and more if said.
 *
 * @param registry Where our packages come from, and nowhere else.
 */
export async function npmInstall(
  folder: string,
  registry: string,
  ...more: readonly string[]
): Promise<void> {
  await writeFile(join(folder, '.npmrc'), `@metering:registry=${registry}\n`);
  await run('npm', ['install', ...QUIET, ...more], { cwd: folder });
}
