import assert from 'node:assert/strict';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/** How long "at once" may take on a machine that is busy. */
const AT_ONCE_MS = 2_000;

/** Fails unless the call rejects with this very value, neither wrapped nor copied. */
export async function assertRejectsWith(
  reason: unknown,
  call: () => Promise<unknown>,
  rule = 'an aborted call must reject with signal.reason itself',
): Promise<void> {
  const outcome = await call().then(
    () => 'it succeeded',
    (error: unknown) => (Object.is(error, reason) ? undefined : `it rejected with: ${error}`),
  );
  assert.equal(outcome, undefined, `${rule}, but ${outcome}`);
}

/**
 * Aborts a call that is under way, after so many turns of the event loop. Fails unless it then rejects
 * at once with the very reason. A call that needs no waiting is done before anyone could abort it.
 */
export async function assertAbortsAtOnce(
  start: (signal: AbortSignal) => Promise<unknown>,
  turns: number,
): Promise<void> {
  const controller = new AbortController();
  const reason = new Error('aborted by the test kit');
  const call = start(controller.signal);
  const done = isDone(call);
  if (turns > 0 && (await done(turns))) return;
  controller.abort(reason);
  if (turns === 0 && (await done(1))) return;
  await assertRejectsWith(reason, () => atOnce(call));
}

/** Tells whether the call has succeeded within so many turns. */
function isDone(call: Promise<unknown>): (turns: number) => Promise<boolean> {
  let succeeded = false;
  call.then(
    () => {
      succeeded = true;
    },
    () => undefined,
  );
  return async (turns) => {
    for (let count = 0; count < turns && !succeeded; count++) await turn();
    return succeeded;
  };
}

/** The call's outcome; or success, which nobody wants any more, when it takes too long. */
async function atOnce(call: Promise<unknown>): Promise<unknown> {
  const timer = new AbortController();
  const { signal } = timer;
  return Promise.race([call, sleep(AT_ONCE_MS, 'too late', { signal })]).finally(() =>
    timer.abort(),
  );
}
