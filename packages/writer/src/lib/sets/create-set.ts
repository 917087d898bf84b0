import type { Page } from '../pages/page-source.ts';
import { createObject } from '../stored/create-object.ts';
import { pageEqual } from '../stored/page-equal.ts';
import type { SetStore, SetStoreOptions } from './set-store.ts';

/**
 * Stores a set where there is none. A page is sent only when the one before it is stored, so that of
 * two writers with different data exactly one can go on, wherever they begin to differ.
 */
export class CreateSet implements SetStore {
  readonly #options: SetStoreOptions;

  constructor(options: SetStoreOptions) {
    this.#options = options;
  }

  add(page: Page): Promise<void> {
    return this.#options.tasks.start(page.key, () => this.#store(page), 'in turn');
  }

  addOnly(page: Page): Promise<void> {
    return this.#store(page);
  }

  async #store(page: Page): Promise<void> {
    const { storage, call, onStored } = this.#options;
    const { key, part, records } = page;
    const object = { key, body: await page.body, sameJson: pageEqual };
    call.signal?.throwIfAborted();
    const outcome = await createObject(storage, object, call);
    if (outcome === 'created') page.recycle?.(object.body);
    onStored({ key, part, records, bytes: object.body.length, outcome });
  }
}
