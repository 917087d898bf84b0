import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'tsup';
import { CONSTANTS_IN_PLACE } from '../../tsup.config.ts';
import type { Task, TaskResults } from './task.ts';

const run = promisify(execFile);

/** Runs each task in a plain Node of its own: built code, no loader, no flags. */
export interface ChildProcesses {
  run<T extends Task>(task: T): Promise<TaskResults[T['kind']]>;
}

/** Builds what the children run, once, into a folder. */
export async function buildChildProcesses(folder: string): Promise<ChildProcesses> {
  await build({
    config: false,
    entry: { child: fileURLToPath(import.meta.resolve('./child.ts')) },
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    format: 'esm',
    platform: 'node',
    target: 'es2023',
    noExternal: [/./],
    // As what is published.
    sourcemap: true,
    ...CONSTANTS_IN_PLACE,
    esbuildOptions: (options) => {
      options.conditions = ['@metering/source'];
    },
    silent: true,
  });
  const program = join(folder, 'child.mjs');
  const env = { ...process.env, NODE_OPTIONS: '' };
  return {
    async run(task) {
      const { stdout } = await run(process.execPath, [program, JSON.stringify(task)], { env });
      return JSON.parse(stdout);
    },
  };
}
