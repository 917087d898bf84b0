import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FROM_SOURCE } from '@metering/testing-support';

/** What a process of its own is to write: labels stand for records, one a page. */
export interface SetOrder {
  readonly basePath: string;
  readonly labels: readonly string[];
  readonly overwrite: boolean;
}

/** Starts a process that writes a set when it is told to go; resolves when it is ready. */
export async function startSetChild(order: SetOrder): Promise<ChildProcess> {
  const path = fileURLToPath(new URL('../children/set-child.ts', import.meta.url));
  const child = fork(path, [JSON.stringify(order)], { execArgv: [...FROM_SOURCE] });
  await message(child);
  return child;
}

/** Tells the process to begin. */
export function go(child: ChildProcess): void {
  child.send('go');
}

/** What the process says next; fails when it ends without a word. */
export async function message(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the process ended (${code ?? signal}) and said nothing`);
  });
  const [said] = await Promise.race([once(child, 'message'), ended]);
  return said;
}

/** Waits until the process is gone. */
export async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
