import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_OF_TIME, findVersion } from '../src/lib/metadata/find-version.ts';
import { VersionFolder } from '../src/lib/metadata/version-folder.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { VersionListing } from './support/version-listing.ts';

const START = 1_700_000_000;

/** Finds in a folder of given times, and counts the requests. */
class Folder {
  readonly times: readonly number[];
  readonly #storage: CountingStorage;

  constructor(times: Iterable<number>, otherNames: readonly string[] = []) {
    this.times = [...new Set(times)].sort((a, b) => a - b);
    const names = this.times.map((time) => `${time}.json.gz`);
    this.#storage = new CountingStorage(new VersionListing([...names, ...otherNames]));
  }

  async find(at: number): Promise<{ found: number | undefined; requests: number }> {
    this.#storage.reset();
    const subject = { type: 'logic', clusterId: 'c1' } as const;
    const answer = await findVersion(new VersionFolder(this.#storage, subject, undefined), at);
    this.#checkInterval(at, answer);
    return { found: answer.version?.modifyTs, requests: this.#storage.lists };
  }

  /** What a look at every time gives. */
  naive(at: number): number | undefined {
    return this.times.findLast((time) => time <= at);
  }

  get first(): number {
    return this.times[0] as number;
  }

  get last(): number {
    return this.times.at(-1) as number;
  }

  /** The answer must be the same for every time that it claims to hold for. */
  #checkInterval(at: number, { from, until }: { from: number; until: number }): void {
    expect(from).toBeLessThanOrEqual(at);
    expect(until).toBeGreaterThan(at);
    const next = this.times.find((time) => time > at);
    if (next !== undefined) expect(until).toBeLessThanOrEqual(next);
    expect(from).toBe(this.naive(at) ?? 0);
  }
}

function range(count: number, timeAt: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(timeAt(index)));
}

/** Pseudo-random numbers from 0 to 1, the same in every run. */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Times around those of a folder: on, just before and just after some, and far away. */
function timesAround({ times, first, last }: Folder, count = 40): number[] {
  const random = seeded();
  const picked = range(count, () => times[Math.floor(random() * times.length)] as number);
  const between = range(count, () => first + random() * (last - first));
  const edges = [
    0,
    1,
    59,
    1000,
    first - 1,
    first,
    last - 1,
    last,
    last + 1,
    4e9,
    9_999_999_999,
    1e12,
  ];
  const near = picked.flatMap((time) => [time - 1, time, time + 1]);
  return [...near, ...between, ...edges, END_OF_TIME].filter((time) => time >= 0);
}

describe('among 10,000 evenly spaced versions', () => {
  it.each([1, 60, 3600, 86_400])('%i s apart, any one is found in 3 requests', async (spacing) => {
    const folder = new Folder(range(10_000, (index) => START + index * spacing));
    for (const at of timesAround(folder)) {
      const { found, requests } = await folder.find(at);
      expect(found).toBe(folder.naive(at));
      expect(requests, `at ${at}`).toBeLessThanOrEqual(3);
    }
  });

  it('the usual question, a time among them, takes 2 of 1,000,000 too', async () => {
    const folder = new Folder(range(1_000_000, (index) => START + index * 60));
    for (const at of [START + 30_000_000, START + 59_999_990, folder.last + 30]) {
      expect(await folder.find(at)).toEqual({ found: folder.naive(at), requests: 2 });
    }
  });
});

describe('up to 999 versions', () => {
  it('take one request', async () => {
    const folder = new Folder(range(999, (index) => 900 + index));
    for (const at of [...timesAround(folder), 950, 999, 1000, 1001]) {
      expect(await folder.find(at)).toEqual({ found: folder.naive(at), requests: 1 });
    }
  });
});

describe('for any spacing the number of requests grows with the logarithm', () => {
  const random = seeded();
  const centres = range(100, () => 1e9 + random() * 8.9e9);
  const inCluster = (clusters: number, width: number) => () =>
    (centres[Math.floor(random() * clusters)] as number) + random() * width;
  const spacings: Record<string, (count: number) => number[]> = {
    random: (count) => range(count, () => 1e9 + random() * 9e9),
    'ten clusters': (count) => range(count, inCluster(10, count * 2)),
    'a hundred clusters': (count) => range(count, inCluster(100, count / 10)),
    'dense, then sparse': (count) =>
      range(count, (i) => (i < count / 2 ? START + i : START + count + (i * 8e9) / count)),
    'sparse, then dense': (count) =>
      range(count, (i) => (i < count / 2 ? 1e9 + (i * 8e9) / count : 8e9 + i)),
    'ever sparser': (count) => range(count, () => 1e9 + 9e9 * 2 ** (-random() * 33)),
    'ever denser': (count) => range(count, () => 1e10 - 1 - 9e9 * 2 ** (-random() * 33)),
    'bursts every day': (count) =>
      range(count, (i) => 1.2e9 + Math.floor(i / 50) * 86_400 + (i % 50)),
  };

  // Ten digits of time are halved 33 times at the most; a look at every version of 100,000 takes 100.
  it.each([
    [10_000, 12],
    [100_000, 32],
  ])('of %i versions', async (count, most) => {
    for (const [name, timesOf] of Object.entries(spacings)) {
      const folder = new Folder(timesOf(count));
      for (const at of timesAround(folder, 8)) {
        const { found, requests } = await folder.find(at);
        expect(found, `${name}, at ${at}`).toBe(folder.naive(at));
        expect(requests, `${name}, at ${at}`).toBeLessThanOrEqual(most);
      }
    }
  });
});

describe('names of several widths, where the order of keys is not that of time', () => {
  const random = seeded();
  const mixtures: Record<string, number[]> = {
    'from 1 on': range(3000, (index) => index + 1),
    'every minute from the epoch': range(3000, (index) => index * 60),
    'across a power of ten': range(3000, (index) => 1e9 - 90_000 + index * 60),
    'just across a power of ten': range(3000, (index) => 1e9 - 60 * 2990 + index * 60),
    'milliseconds among seconds': range(3000, (i) => (i % 2 ? START + i : START * 1000 + i * 997)),
    'of any width': range(3000, () => random() * 10 ** (1 + random() * 14.9)),
    'narrow ones behind wide ones': [
      ...range(1500, (i) => START + i),
      ...range(1500, (i) => 500_000_000 + i),
    ],
    'wide ones behind narrow ones': [
      ...range(1500, (i) => 100_000 + i),
      ...range(1500, (i) => START + i),
    ],
  };

  it.each(Object.keys(mixtures))('%s: the answer is right', async (name) => {
    const folder = new Folder(mixtures[name] as number[]);
    for (const at of timesAround(folder)) {
      expect((await folder.find(at)).found, `at ${at}`).toBe(folder.naive(at));
    }
  });

  it('is found near the time also where the folder begins with another width', async () => {
    const folder = new Folder(range(100_000, (index) => 1e9 - 3_000_000 + index * 60));
    const { found, requests } = await folder.find(999_000_000);
    expect(found).toBe(folder.naive(999_000_000));
    expect(requests).toBeLessThanOrEqual(5);
  });
});

describe('any versions and any time', () => {
  const time = fc.oneof(
    fc.nat({ max: 3000 }),
    fc.integer({ min: START, max: START + 5000 }),
    fc.integer({ min: 999_998_000, max: 1_000_002_000 }),
    fc.integer({ min: 0, max: END_OF_TIME }),
  );
  const run = fc.tuple(time, fc.integer({ min: 1, max: 1200 }), fc.integer({ min: 1, max: 100 }));
  const times = fc
    .array(run, { minLength: 1, maxLength: 4 })
    .map((runs) =>
      runs.flatMap(([from, count, step]) => range(count, (index) => from + index * step)),
    )
    .map((all) => all.filter((each) => each <= END_OF_TIME));

  it('of the same width as some version that is old enough: the naive answer', async () => {
    await fc.assert(
      fc.asyncProperty(times, time, fc.nat(), async (all, at, pick) => {
        const folder = new Folder(all);
        const near = folder.times[pick % folder.times.length] as number;
        for (const each of [at, near, near + 1]) {
          const naive = folder.naive(each);
          if (naive === undefined || String(naive).length !== String(each).length) continue;
          expect((await folder.find(each)).found).toBe(naive);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('in a folder of up to 999 names: the naive answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(time, { maxLength: 999 }), time, async (all, at) => {
        const folder = new Folder(all);
        for (const each of [at, END_OF_TIME]) {
          expect((await folder.find(each)).found).toBe(folder.naive(each));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('among other names', () => {
  const others = [
    ...range(1500, (index) => index).flatMap((index) => [
      `${START + index}-old.json.gz`,
      `${START + index}.json`,
      `00${index}.json.gz`,
      `cluster-${index}/${START}.json.gz`,
      `${START + index}/${START}.json.gz`,
    ]),
    '+5.json.gz',
    '-5.json.gz',
    '99999999999999999999.json.gz',
  ];

  it('versions are found, and only they', async () => {
    const folder = new Folder(
      range(1500, (index) => START + index * 2),
      others,
    );
    for (const at of timesAround(folder)) {
      expect((await folder.find(at)).found, `at ${at}`).toBe(folder.naive(at));
    }
  });

  it('only: there is none', async () => {
    const folder = new Folder([], others);
    for (const at of [0, START + 700, END_OF_TIME])
      expect((await folder.find(at)).found).toBeUndefined();
  });

  it('names that cannot be versions are not gone through', async () => {
    const folder = new Folder(
      [START],
      range(5000, (index) => index).map((index) => `c${index}/1.json.gz`),
    );
    expect(await folder.find(END_OF_TIME)).toEqual({ found: START, requests: 1 });
  });
});
