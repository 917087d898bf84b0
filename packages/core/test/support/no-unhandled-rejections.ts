import { expect, onTestFinished } from 'vitest';

/** Fails the test if a rejection stays unhandled while it runs, or right after. */
export function noUnhandledRejections(): () => Promise<void> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => {
    process.off('unhandledRejection', note);
  });
  return async () => {
    // They are told of after the microtasks of a turn.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  };
}
