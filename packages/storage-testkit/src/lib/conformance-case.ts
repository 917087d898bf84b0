import type { StorageProvider } from '@metering/core';
import type { Gate } from './gates.ts';

/** What a case is tried on. */
export interface Subject {
  readonly storage: StorageProvider;
  /** The storage that the harness made: `storage` itself, or what `storage` is a view of. */
  readonly base: StorageProvider;
  /** Opens a second storage of the same kind, which is closed after the case. */
  readonly openAnother: () => Promise<StorageProvider>;
}

/** One sentence of the contract. */
export interface ConformanceCase {
  /** The sentence, after the call that it is about. */
  readonly name: string;
  /** Where the sentence holds; elsewhere the case is skipped. Default: everywhere. */
  readonly when?: Gate | undefined;
  readonly run: (subject: Subject) => Promise<void>;
}
