import { runStorageConformance, type StorageHarness } from '../../src/index.ts';

/** A case as a test runner gets it. */
export interface RecordedCase {
  /** What it is grouped under. */
  readonly group: string;
  readonly name: string;
  /** Called with what the runner gives to a test that runs, if anything. */
  readonly test: (this: unknown, context?: unknown) => Promise<void>;
}

/** What became of a case that ran. */
export interface Outcome {
  readonly error?: unknown;
  /** Why it was skipped. */
  readonly skipped?: string | undefined;
}

/** Registers the suite with a test runner that only takes notes. */
export function recordCases(createHarness: () => Promise<StorageHarness>): RecordedCase[] {
  const cases: RecordedCase[] = [];
  let group = '';
  runStorageConformance({
    createHarness,
    describe: (name, define) => {
      group = name;
      define();
    },
    it: (name, test) => {
      cases.push({ group, name, test });
    },
  });
  return cases;
}

/** Runs a case as vitest and `node:test` do, with a context that can skip. */
export async function runCase({ test }: RecordedCase): Promise<Outcome> {
  let skipped: string | undefined;
  const skip = (reason: string) => {
    skipped = reason;
  };
  try {
    await test({ skip });
    return { skipped };
  } catch (error) {
    return { error };
  }
}
