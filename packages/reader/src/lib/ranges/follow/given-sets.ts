import type { SetIdentity } from '../../pages/listed-sets.ts';
import { writerId } from '../set-writer.ts';
import type { FollowCheckpoint } from './checkpoint.ts';
import { MinuteRanges } from './minute-ranges.ts';

/** Remembers which sets were given, in little memory: a writer that never misses a minute takes one range. */
export class GivenSets {
  readonly #byWriter: Map<string, MinuteRanges>;

  constructor(given: FollowCheckpoint['given']) {
    const entries = Object.entries(given);
    this.#byWriter = new Map(entries.map(([id, ranges]) => [id, new MinuteRanges(ranges)]));
  }

  has(set: SetIdentity): boolean {
    return this.#byWriter.get(writerId(set))?.has(set.timestamp) ?? false;
  }

  add(set: SetIdentity): void {
    const id = writerId(set);
    const minutes = this.#byWriter.get(id) ?? new MinuteRanges();
    minutes.add(set.timestamp);
    this.#byWriter.set(id, minutes);
  }

  /** Forgets what is older. */
  dropBefore(minute: number): void {
    for (const [id, minutes] of this.#byWriter) {
      minutes.dropBefore(minute);
      if (minutes.isEmpty) this.#byWriter.delete(id);
    }
  }

  toJSON(): FollowCheckpoint['given'] {
    const entries = [...this.#byWriter].map(([id, minutes]) => [id, minutes.toArray()] as const);
    return Object.fromEntries(entries);
  }
}
