import { describe, inject, it } from 'vitest';
import type { NamedStore } from './stores.ts';

/** Describes tests on a store; where there is none, one test is skipped, and its title says why. */
export function describeOn(name: string, title: string, tests: (store: NamedStore) => void): void {
  const store = inject('stores').find((running) => running.name === name);
  if (store === undefined) throw new Error(`There is no store ${name}`);
  if ('missing' in store) it.skip(`${title}: ${store.missing}`, () => undefined);
  else describe(title, () => tests(store));
}
