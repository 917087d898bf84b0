import { compareUtf8 } from '@metering/core/building-blocks';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FollowCheckpoint, IncompleteSets } from '../../src/index.ts';
import { ClockedStorage } from '../support/clocked-storage.ts';
import { MINUTE } from '../support/files.ts';
import { FLEET_MINUTES, fleet, perform } from '../support/fleet.ts';
import { Followed } from '../support/followed.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type NaiveSet, naiveSets } from '../support/naive-range.ts';

const SETTLE_SECONDS = 90;
const RANGE = { from: MINUTE, to: MINUTE + 60 * FLEET_MINUTES };

/** Between two acts of the fleet: how much time passes, whether it is looked, and whether follow starts anew. */
const pause = fc.record({
  seconds: fc.nat(100),
  looks: fc.nat(2),
  restarts: fc.nat(5).map((one) => one === 0),
});

/** What follow is to do, told without a thought for memory or requests. */
class NaiveFollow {
  readonly given = new Set<string>();
  /** As the sets looked that were not given, by key. */
  readonly waiting = new Map<string, string>();
  readonly #storage: ClockedStorage;
  readonly #clock: ManualClock;
  readonly #incomplete: IncompleteSets;

  constructor(storage: ClockedStorage, clock: ManualClock, incomplete: IncompleteSets) {
    this.#storage = storage;
    this.#clock = clock;
    this.#incomplete = incomplete;
  }

  /** The keys of the pages that are given now. */
  async look(): Promise<string[]> {
    const given: string[] = [];
    for (const set of await naiveSets(this.#storage, RANGE)) {
      if (this.given.has(set.key)) continue;
      const look = this.#appearance(set);
      if (this.#isToGive(set, look)) {
        this.given.add(set.key);
        given.push(...set.pages.map(({ key }) => key));
      }
      this.waiting.set(set.key, look);
    }
    return given;
  }

  #isToGive({ key, status, pages }: NaiveSet, look: string): boolean {
    if (status === 'complete') return true;
    if (status === 'incomplete' && this.#incomplete === 'skip') return false;
    const now = this.#clock.now();
    if (now < (pages[0]?.timestamp ?? 0) + 60 + SETTLE_SECONDS) return false;
    const newest = Math.max(...pages.map((page) => this.#modified(page.key)));
    return newest <= now - SETTLE_SECONDS || this.waiting.get(key) === look;
  }

  #appearance({ pages }: NaiveSet): string {
    return pages.map(({ key }) => `${key} ${this.#storage.version(key)}`).join();
  }

  #modified(key: string): number {
    return (this.#storage.modified.get(key)?.getTime() ?? 0) / 1000;
  }
}

it.each(['skip', 'include'] as const)(
  'follow gives every set once, when it is whole or has settled, also after it was stopped: %s',
  async (incomplete) => {
    const step = fc.tuple(fleet, fc.array(pause, { minLength: 14, maxLength: 14 }));
    await fc.assert(
      fc.asyncProperty(step, async ([acts, pauses]) => {
        const clock = new ManualClock(MINUTE + 60);
        const storage = new ClockedStorage(clock);
        const naive = new NaiveFollow(storage, clock, incomplete);
        const start = (checkpoint?: FollowCheckpoint) => {
          const query = { settleSeconds: SETTLE_SECONDS, incomplete, checkpoint };
          return new Followed({ storage, clock, query });
        };
        let followed = start();
        expect(await followed.look()).toEqual([]);
        const look = async (seconds: number) => {
          clock.advance(seconds);
          expect(inOrder(await followed.look())).toEqual(inOrder(await naive.look()));
        };
        for (const [index, act] of acts.entries()) {
          const { seconds, looks, restarts } = pauses[index % pauses.length]!;
          await perform(storage, act);
          for (let count = 0; count < looks; count++) await look(seconds);
          if (!restarts) continue;
          const checkpoint = followed.checkpoint();
          await followed.stop();
          followed = start(checkpoint);
          naive.waiting.clear();
          expect(inOrder(await followed.look())).toEqual(inOrder(await naive.look()));
        }
        await look(10_000);
        await look(10_000);
        const whole = (await naiveSets(storage, RANGE)).filter(({ status }) => {
          return incomplete === 'include' || status !== 'incomplete';
        });
        for (const { key } of whole) expect(naive.given).toContain(key);
        await followed.stop();
      }),
      { numRuns: 100 },
    );
  },
);

function inOrder(keys: readonly string[]): string[] {
  return [...keys].sort(compareUtf8);
}
