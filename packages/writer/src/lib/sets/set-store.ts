import type { CallOptions, StorageProvider, WrittenPage } from '@metering/core';
import type { Page } from '../pages/page-source.ts';
import type { SetKeys } from '../pages/set-keys.ts';
import type { PageTasks } from './page-tasks.ts';

/** Stores the pages of one set, in the order that its mode asks for. */
export interface SetStore {
  /** Takes a page on; resolves when there is room for another. @throws when storing any has failed. */
  add(page: Page): Promise<void>;
  /** Stores the only page of the set. */
  addOnly(page: Page): Promise<void>;
}

export interface SetStoreOptions {
  readonly storage: StorageProvider;
  readonly keys: SetKeys;
  readonly tasks: PageTasks;
  readonly call: CallOptions;
  /** Is told of every page that is stored. */
  readonly onStored: (page: WrittenPage) => void;
  /** Is told of every page of an older set that is deleted. */
  readonly onDeleted: (key: string) => void;
}
