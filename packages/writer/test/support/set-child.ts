import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FROM_SOURCE, nextMessage } from '@metering/testing-support';

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
  await nextMessage(child);
  return child;
}

/** Tells the process to begin. */
export function go(child: ChildProcess): void {
  child.send('go');
}

/** Waits until the process is gone. */
export async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
