import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmInstall } from './npm.ts';
import { run } from './run.ts';

/** An application with what it installed. */
export interface InstalledApp {
  readonly folder: string;
  /** Runs one of its tools. */
  run(tool: string, ...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Copies an application out of the workspace and installs what it lists, and more if said. */
export async function installApp(
  source: string,
  registry: string,
  ...more: readonly string[]
): Promise<InstalledApp> {
  const folder = await mkdtemp(join(tmpdir(), 'metering-app-'));
  await cp(source, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  await npmInstall(folder, registry, ...more);
  return {
    folder,
    run: (tool, ...args) => run(join(folder, 'node_modules/.bin', tool), args, { cwd: folder }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
