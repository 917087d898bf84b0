import { abortable, type GetOptions, type StorageProvider } from '@metering/core';

/** A storage whose reads wait until a test lets them go on. */
export interface GatedStorage {
  readonly storage: StorageProvider;
  /** The keys of the reads that wait, in the order of their calls. */
  readonly waiting: readonly string[];
  /** The keys of the reads that were aborted. */
  readonly aborted: readonly string[];
  /** Lets a read go on. */
  open(key: string): void;
  /** Settles as soon as so many reads wait. */
  until(count: number): Promise<void>;
}

export function gateReads(inner: StorageProvider): GatedStorage {
  const gates = new Map<string, () => void>();
  const aborted: string[] = [];
  const watchers = new Set<() => void>();

  async function get(key: string, options: GetOptions = {}): Promise<Uint8Array> {
    const opened = new Promise<void>((resolve) => gates.set(key, resolve));
    for (const watcher of watchers) watcher();
    try {
      await abortable(opened, options.signal);
    } catch (error) {
      aborted.push(key);
      throw error;
    } finally {
      gates.delete(key);
    }
    return inner.get(key, options);
  }

  return {
    storage: Object.create(inner, { get: { value: get } }) as StorageProvider,
    get waiting() {
      return [...gates.keys()];
    },
    aborted,
    open: (key) => gates.get(key)?.(),
    until: (count) =>
      new Promise((resolve) => {
        const watcher = () => {
          if (gates.size < count) return;
          watchers.delete(watcher);
          resolve();
        };
        watchers.add(watcher);
        watcher();
      }),
  };
}
