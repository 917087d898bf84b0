import type { ListedSet } from '../../pages/listed-sets.ts';

/** A set that was looked at and not given. */
interface WaitingSet {
  readonly timestamp: number;
  /** Changes whenever a page of it does. */
  readonly version: string;
  /** It was left out, and is looked at again only if it changes. */
  readonly isLeftOut: boolean;
}

/** The sets that are there and were not given: not whole, and not settled or left out. */
export class WaitingSets {
  readonly #byKey = new Map<string, WaitingSet>();

  /** The oldest minute of a set that is still to be given: Unix seconds. */
  oldest(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const { timestamp, isLeftOut } of this.#byKey.values()) {
      if (!isLeftOut) oldest = Math.min(oldest, timestamp);
    }
    return oldest;
  }

  add(set: ListedSet, { isLeftOut }: { readonly isLeftOut: boolean }): void {
    const { timestamp } = set.identity;
    this.#byKey.set(set.key, { timestamp, version: versionOf(set), isLeftOut });
  }

  /** True when it looks as it did when it was added. */
  isUnchanged(set: ListedSet): boolean {
    return this.#byKey.get(set.key)?.version === versionOf(set);
  }

  isLeftOut(set: ListedSet): boolean {
    return this.#byKey.get(set.key)?.isLeftOut ?? false;
  }

  delete(set: ListedSet): void {
    this.#byKey.delete(set.key);
  }

  dropBefore(minute: number): void {
    for (const [key, { timestamp }] of this.#byKey) if (timestamp < minute) this.#byKey.delete(key);
  }
}

function versionOf({ pages }: ListedSet): string {
  return pages
    .map(
      ({ object }) =>
        `${object.key} ${object.size} ${object.lastModified.getTime()} ${object.etag}`,
    )
    .join('\n');
}
