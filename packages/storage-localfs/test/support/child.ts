import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const TSX_URL = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** How TypeScript runs from its source in a process of its own, in any working directory. */
export const NODE_OPTIONS = ['--conditions=@metering/source', '--import', TSX_URL];

/** The path of a program in `test/children`. */
export function childPath(name: string): string {
  return fileURLToPath(new URL(`../children/${name}.ts`, import.meta.url));
}

/** Starts a program of `test/children` in a process of its own. */
export function startChild(name: string, ...args: string[]): ChildProcess {
  return fork(childPath(name), args, { execArgv: NODE_OPTIONS });
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
