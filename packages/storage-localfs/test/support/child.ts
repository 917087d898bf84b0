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

/** What the program says next; fails when it ends without a word. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process ended with ${code} and said nothing`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

/** Kills the process as a crash would: it cleans up nothing. */
export async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
