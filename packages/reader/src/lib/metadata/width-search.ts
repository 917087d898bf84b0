import { SearchPace } from './search-pace.ts';
import {
  leadingDigits,
  newestAtOrBefore,
  skipWider,
  type Version,
  type VersionFolder,
  type VersionWindow,
  versionName,
  widthOf,
} from './version-folder.ts';

export interface WidthAnswer {
  readonly version: Version;
  /** The next version of this width, if any, is not before this time. */
  readonly until: number;
}

/**
 * Finds the newest version at or before a time among those whose names have a given width. Such names
 * sort by time, so a listing can begin near any time: the search keeps the times between which the
 * answer lies, `base` and `high`, and every window of the listing moves one of them.
 */
export class WidthSearch {
  /** The widths of all versions that came into view. */
  readonly widths = new Set<number>();
  readonly #folder: VersionFolder;
  readonly #width: number;
  readonly #alone: boolean;
  /** The last time that counts. */
  readonly #limit: number;
  readonly #pace: SearchPace;
  #newest: Version | undefined;
  /** Whatever counts up to this time was seen. */
  #base: number;
  /** The name that a window after `base` begins after. */
  #resume = '';
  /** No version lies between this time and the limit, itself included. */
  #high: number;

  /**
   * @param at The last time that counts.
   * @param alone Whether to give up as soon as a version of another width comes into view.
   */
  constructor(folder: VersionFolder, width: number, at: number, alone = false) {
    this.#folder = folder;
    this.#width = width;
    this.#alone = alone;
    this.#limit = Math.min(at, 10 ** width - 1);
    this.#pace = new SearchPace(this.#limit === at);
    this.#base = width === 1 ? -1 : 10 ** (width - 1) - 1;
    this.#high = this.#limit + 1;
  }

  /**
   * @param head The folder's first window.
   * @returns Undefined when there is no such version.
   */
  async run(head: VersionWindow): Promise<WidthAnswer | undefined> {
    const [first] = head.versions;
    if (first !== undefined) this.#skipTo(first);
    let from = this.#base + 1;
    let window = head;
    while (!this.#learn(from, window)) {
      from = this.#pace.next({ base: this.#base, high: this.#high, limit: this.#limit });
      window = await this.#look(from);
      if (this.#givesUp()) return undefined;
    }
    return this.#newest && { version: this.#newest, until: this.#until(window) };
  }

  /** Nothing lies before the folder's first version. */
  #skipTo({ modifyTs }: Version): void {
    const before = Math.min(this.#timeBefore(versionName(modifyTs)), this.#limit);
    this.#base = Math.max(this.#base, before);
  }

  #givesUp(): boolean {
    return this.#alone && this.widths.size > 1;
  }

  /** Moves `base` or `high` by what a window from a time on shows; true when nothing is left between. */
  #learn(from: number, window: VersionWindow): boolean {
    const newest = this.#newestIn(window);
    this.#newest = newest ?? this.#newest;
    if (!this.#reachesHigh(window)) {
      this.#advance(from, window);
      return false;
    }
    if (newest !== undefined || from === this.#base + 1) return true;
    this.#high = from;
    this.#pace.noteOvershoot();
    return this.#base + 1 >= this.#high;
  }

  #advance(from: number, { versions, lastName = '' }: VersionWindow): void {
    const seenUpTo = this.#timeBefore(lastName);
    const first = this.#timeBefore(versionName(versions[0]?.modifyTs ?? from));
    this.#base = Math.max(this.#base, this.#newest?.modifyTs ?? -1, seenUpTo);
    this.#resume = skipWider(lastName, this.#width);
    this.#pace.noteAdvance(seenUpTo - from, seenUpTo - Math.max(first, from));
  }

  /** The last time of this width whose name surely comes before the given one. */
  #timeBefore(name: string): number {
    const digits = leadingDigits(name).slice(0, this.#width);
    return Number(digits.padEnd(this.#width, '0')) - 1;
  }

  /** The first window from a time on that shows a version that counts, or that none is left there. */
  async #look(from: number): Promise<VersionWindow> {
    const isNext = from === this.#base + 1;
    let window = await this.#folder.window(isNext ? this.#resume : String(from));
    const showsNothing = () => this.#newestIn(window) === undefined && !this.#reachesHigh(window);
    while (showsNothing() && !isNext && !this.#givesUp()) {
      window = await this.#folder.window(skipWider(window.lastName ?? '', this.#width));
    }
    return window;
  }

  #newestIn({ versions }: VersionWindow): Version | undefined {
    for (const { modifyTs } of versions) this.widths.add(widthOf(modifyTs));
    const ofWidth = versions.filter(({ modifyTs }) => widthOf(modifyTs) === this.#width);
    return newestAtOrBefore(ofWidth, this.#limit);
  }

  #reachesHigh({ lastName }: VersionWindow): boolean {
    return lastName === undefined || versionName(this.#high - 1) <= lastName;
  }

  #until({ versions, lastName }: VersionWindow): number {
    const next = versions.find(
      ({ modifyTs }) => modifyTs > this.#limit && widthOf(modifyTs) === this.#width,
    );
    if (next !== undefined) return next.modifyTs;
    return lastName === undefined ? 10 ** this.#width : this.#limit + 1;
  }
}
