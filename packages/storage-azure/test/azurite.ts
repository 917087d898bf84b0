import { type RunningAzurite, startAzurite } from '@metering/testing-servers';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    azurite: Omit<RunningAzurite, 'stop'>;
  }
}

/** Starts Azurite, and stops it after the last test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...azurite } = await startAzurite();
  project.provide('azurite', azurite);
  return stop;
}
