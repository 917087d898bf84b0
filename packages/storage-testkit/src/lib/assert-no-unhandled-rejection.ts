import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';

/** Fails when something rejects meanwhile and nobody could have caught it. */
export async function assertNoUnhandledRejection(run: () => Promise<void>): Promise<void> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    await run();
    await turn();
    await turn();
  } finally {
    process.off('unhandledRejection', note);
  }
  assert.deepEqual(unhandled, [], 'a rejection was left unhandled');
}
