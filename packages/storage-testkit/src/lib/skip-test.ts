/** What a runner gives to a test that runs: vitest and `node:test` as an argument, mocha as `this`. */
interface SkippableContext {
  skip(reason: string): void;
}

/** Tells the runner that the test is skipped. Some throw then, by their own design, to end the test. */
export function skipTest(contexts: readonly unknown[], reason: string): void {
  contexts.find(isSkippable)?.skip(reason);
}

function isSkippable(context: unknown): context is SkippableContext {
  return typeof (context as Partial<SkippableContext> | null | undefined)?.skip === 'function';
}
