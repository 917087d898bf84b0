import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * What a process says next. It is asked for before the process can have said it.
 *
 * @throws Error when the process ends without a word.
 */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  if (!child.connected) throw saidNothing(child);
  // On a busy machine `exit` comes before the last message; `disconnect` comes after all of them.
  const ended = once(child, 'disconnect').then(() => {
    throw saidNothing(child);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

function saidNothing({ exitCode, signalCode }: ChildProcess): Error {
  const how = exitCode ?? signalCode;
  return new Error(`the process ended${how === null ? '' : ` (${how})`} and said nothing`);
}
