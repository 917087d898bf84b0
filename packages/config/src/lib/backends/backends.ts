import type { StorageDriver } from '@metering/core';
import { type Backend, BUILT_IN, fromDriver } from './backend.ts';
import { checkDrivers } from './check-driver.ts';

/** The types of storage at hand: the built-in ones and those that drivers bring. */
export class Backends {
  readonly #byType = new Map<string, Backend>();
  readonly #byScheme = new Map<string, Backend>();

  /** @throws TypeError for a driver that cannot stand beside the others. */
  constructor(drivers: readonly StorageDriver[]) {
    for (const backend of BUILT_IN) this.#add(backend);
    checkDrivers(drivers, BUILT_IN);
    for (const driver of drivers) if (!this.#byType.has(driver.type)) this.#add(fromDriver(driver));
  }

  get types(): readonly string[] {
    return [...this.#byType.keys()];
  }

  get schemes(): readonly string[] {
    return [...this.#byScheme.keys()];
  }

  ofType(type: string): Backend | undefined {
    return this.#byType.get(type);
  }

  ofScheme(scheme: string): Backend | undefined {
    return this.#byScheme.get(scheme);
  }

  all(): readonly Backend[] {
    return [...this.#byType.values()];
  }

  #add(backend: Backend): void {
    this.#byType.set(backend.type, backend);
    for (const scheme of backend.schemes) this.#byScheme.set(scheme, backend);
  }
}
