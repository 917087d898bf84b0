import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FROM_SOURCE } from '@metering/testing-support';

/** The path of a program in `test/children`. */
export function childPath(name: string): string {
  return fileURLToPath(new URL(`../children/${name}.ts`, import.meta.url));
}

/** Starts a program of `test/children` in a process of its own. */
export function startChild(name: string, ...args: string[]): ChildProcess {
  return fork(childPath(name), args, { execArgv: [...FROM_SOURCE] });
}

/** Kills the process as a crash would: it cleans up nothing. */
export async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
