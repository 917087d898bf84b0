import type { GetOptions } from '@metering/core';
import { abortable } from '@metering/core/building-blocks';
import { ForwardingStorage } from './forwarding-storage.ts';

/** A storage whose reads wait until a test lets them go on. */
export class GatedStorage extends ForwardingStorage {
  /** The keys of the reads that were aborted. */
  readonly aborted: string[] = [];
  readonly #gates = new Map<string, () => void>();
  readonly #watchers = new Set<() => void>();

  /** The keys of the reads that wait, in the order of their calls. */
  get waiting(): string[] {
    return [...this.#gates.keys()];
  }

  override async get(key: string, options: GetOptions = {}): Promise<Uint8Array> {
    const opened = new Promise<void>((resolve) => this.#gates.set(key, resolve));
    for (const watcher of this.#watchers) watcher();
    try {
      await abortable(opened, options.signal);
    } catch (error) {
      this.#gates.delete(key);
      this.aborted.push(key);
      throw error;
    }
    return super.get(key, options);
  }

  /** Lets a read go on. */
  open(key = ''): void {
    this.#gates.get(key)?.();
    this.#gates.delete(key);
  }

  /** Settles as soon as so many reads wait. */
  until(count: number): Promise<void> {
    return new Promise((resolve) => {
      const watcher = () => {
        if (this.#gates.size < count) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }
}
