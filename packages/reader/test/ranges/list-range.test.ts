import { createMemoryStorage, type ListQuery, ValidationError, withPrefix } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type RangeQuery, type SkippedKey } from '../../src/index.ts';
import { collect } from '../support/collect.ts';
import { CountingStorage } from '../support/counting-storage.ts';
import { MINUTE, putPage } from '../support/files.ts';
import { ForwardingStorage } from '../support/forwarding-storage.ts';

function setUp() {
  const storage = new CountingStorage(createMemoryStorage());
  const skipped: SkippedKey[] = [];
  const reader = createMeteringReader({ storage, onSkipped: (key) => void skipped.push(key) });
  /** The sets of a range, in short. */
  const found = async (query: RangeQuery) => {
    const sets = await collect(reader.sets(query));
    return sets.map(({ timestamp, selfId }) => `${timestamp} ${selfId}`);
  };
  return { storage, reader, skipped, found };
}

describe('a range', () => {
  it('is from the first minute that begins in it until before the first that does not', async () => {
    const { storage, found } = setUp();
    for (const minutes of [-1, 0, 1, 2])
      await putPage(storage, { timestamp: MINUTE + 60 * minutes });
    expect(await found({ from: MINUTE, to: MINUTE + 60 })).toEqual([`${MINUTE} n1`]);
    expect(await found({ from: MINUTE - 59, to: MINUTE + 1 })).toEqual([`${MINUTE} n1`]);
    expect(await found({ from: MINUTE + 1, to: MINUTE + 60 })).toEqual([]);
    expect(await found({ from: MINUTE, to: MINUTE })).toEqual([]);
    expect(await found({ from: MINUTE, to: MINUTE + 61 })).toEqual([
      `${MINUTE} n1`,
      `${MINUTE + 60} n1`,
    ]);
  });

  it('that meets another one loses no minute and gives none twice, wherever they meet', async () => {
    const { storage, found } = setUp();
    for (const minutes of [0, 1]) await putPage(storage, { timestamp: MINUTE + 60 * minutes });
    for (const middle of [MINUTE + 1, MINUTE + 59, MINUTE + 60, MINUTE + 61]) {
      const first = await found({ from: MINUTE, to: middle });
      const second = await found({ from: middle, to: MINUTE + 120 });
      expect([...first, ...second]).toEqual([`${MINUTE} n1`, `${MINUTE + 60} n1`]);
    }
  });

  it('takes one listing, not one a minute, and asks for nothing outside of it', async () => {
    const { storage, reader } = setUp();
    for (let index = -2000; index < 2000; index++) {
      await storage.put(`metering/ru/${MINUTE + 60 * index}/c/p/n-0.json.gz`, new Uint8Array());
    }
    storage.reset();
    const range = { from: MINUTE, to: MINUTE + 60 * 500, incomplete: 'include' } as const;
    expect(await collect(reader.gaps(range))).toEqual([]);
    expect(storage.lists).toBe(1);
    expect(storage.gets).toEqual([]);
  });

  it('is listed only as far as it is taken', async () => {
    const { storage, reader } = setUp();
    for (let index = 0; index < 3000; index++) {
      await putPage(storage, { selfId: `n${index}` });
    }
    storage.reset();
    for await (const page of reader.scan({ from: MINUTE, to: MINUTE + 60 })) {
      expect(page.selfId).toBe('n0');
      break;
    }
    expect(storage.lists).toBe(1);
    expect(storage.gets.length).toBeLessThanOrEqual(12);
  });

  it('is read below a prefix as well', async () => {
    const storage = withPrefix(createMemoryStorage(), 'tenant');
    const key = await putPage(storage);
    const reader = createMeteringReader({ storage });
    const pages = await collect(reader.scan({ from: MINUTE, to: MINUTE + 60 }));
    expect(pages.map((page) => page.key)).toEqual([key]);
  });

  it('gives the pages of a set by number, 10 after 2', async () => {
    const { storage, reader } = setUp();
    for (const selfId of ['n1', 'n', 'n10']) {
      for (let part = 0; part < 12; part++) await putPage(storage, { selfId, part });
    }
    const pages = await collect(reader.scan({ from: MINUTE, to: MINUTE + 60 }));
    const parts = Array.from({ length: 12 }, (_, part) => part);
    const expected = ['n', 'n1', 'n10'].flatMap((selfId) => parts.map((part) => [selfId, part]));
    expect(pages.map(({ selfId, part }) => [selfId, part])).toEqual(expected);
  });

  it('is right where a storage lists by UTF-16', async () => {
    /** Lists as such a store does: what is above U+FFFF comes before U+FF5E. */
    class Utf16Storage extends ForwardingStorage {
      override get capabilities() {
        return { ...super.capabilities, listOrder: 'utf16' } as const;
      }

      override async *list({ prefix = '', startAfter = '' }: ListQuery = {}) {
        const all = await collect(super.list({ prefix }));
        all.sort((a, b) => (a.key < b.key ? -1 : 1));
        for (const info of all) if (info.key > startAfter) yield info;
      }
    }
    const storage = new Utf16Storage(createMemoryStorage());
    const expected: string[] = [];
    for (const timestamp of [MINUTE, MINUTE + 60, MINUTE + 120]) {
      for (const selfId of ['a', '\u{1f600}', '\u{ff5e}']) {
        for (let part = 0; part < 11; part++) {
          const key = await putPage(storage, { timestamp, selfId, part, category: `c${selfId}` });
          if (timestamp !== MINUTE + 120) expected.push(key);
        }
      }
    }
    const reader = createMeteringReader({ storage });
    const pages = await collect(reader.scan({ from: MINUTE, to: MINUTE + 120 }));
    expect(pages.map(({ key }) => key)).toEqual(expected);
  });
});

describe('timestamps of several widths', () => {
  const NINE = 999_999_960;
  const TEN = 1_000_000_020;

  it('come in the order of time, which is not that of their keys', async () => {
    const { storage, found } = setUp();
    for (const timestamp of [NINE - 60, NINE, TEN, TEN + 60]) await putPage(storage, { timestamp });
    const range = { from: NINE, to: TEN + 60 };
    expect(await found(range)).toEqual([`${NINE} n1`, `${TEN} n1`]);
    expect(storage.lists).toBe(2);
  });

  it('are told apart where keys of one lie among keys of another', async () => {
    const { storage, found } = setUp();
    // As text 175585038 is between 1755850320 and 1755850440.
    const all = [17_558_520, 175_585_020, 175_585_080, MINUTE, MINUTE + 60, 17_558_503_860];
    for (const timestamp of all) await putPage(storage, { timestamp });
    expect(await found({ from: MINUTE, to: MINUTE + 3600 })).toEqual([
      `${MINUTE} n1`,
      `${MINUTE + 60} n1`,
    ]);
    expect(await found({ from: 175_585_080, to: MINUTE + 60 })).toEqual([
      '175585080 n1',
      `${MINUTE} n1`,
    ]);
    expect(await found({ from: 0, to: 99_999_999_999 })).toEqual(all.map((time) => `${time} n1`));
  });

  it('cost a range of all times one listing more, not one for each width', async () => {
    const { storage, reader } = setUp();
    await putPage(storage);
    storage.reset();
    expect(await collect(reader.sets({ from: 0, to: 99_999_999_999 }))).toHaveLength(1);
    expect(storage.lists).toBe(2);
  });
});

describe('keys that are no pages', () => {
  const FOLDER = `metering/ru/${MINUTE}`;
  const STRAYS = [
    `${FOLDER}/c/older-0.json.gz`,
    `${FOLDER}/c/p/n-007.json.gz`,
    `metering/ru/${MINUTE}000/c/p/milliseconds-0.json.gz`,
    `metering/ru/${MINUTE + 1}/c/p/n-0.json.gz`,
    `metering/ru/${MINUTE}x/c/p/n-0.json.gz`,
  ];

  it('are told of once, and what lies behind them is found', async () => {
    const { storage, skipped, found } = setUp();
    for (const key of STRAYS) await storage.put(key, new Uint8Array());
    await putPage(storage, { category: 'z' });
    await putPage(storage, { timestamp: MINUTE + 60 });
    expect(await found({ from: MINUTE, to: MINUTE + 120 })).toHaveLength(2);
    expect(skipped.map(({ key }) => key).sort()).toEqual([...STRAYS].sort());
    expect(skipped.every(({ reason }) => reason.length > 0)).toBe(true);
  });

  it('are told of once where ranges meet, and where a range has several widths', async () => {
    const { storage, skipped, found } = setUp();
    for (const key of STRAYS) await storage.put(key, new Uint8Array());
    await found({ from: MINUTE - 60, to: MINUTE });
    await found({ from: MINUTE, to: MINUTE + 60 });
    await found({ from: MINUTE + 60, to: MINUTE + 120 });
    expect(skipped).toHaveLength(STRAYS.length);
    await putPage(storage);
    await found({ from: 0, to: 99_999_999_999 });
    expect(skipped).toHaveLength(2 * STRAYS.length);
  });
});

describe.each(['scan', 'records', 'totals', 'sets', 'gaps'] as const)('%s refuses', (call) => {
  it.each([
    [undefined, ['from', 'to']],
    [{}, ['from', 'to']],
    [{ from: MINUTE }, ['to']],
    [{ from: -60, to: MINUTE }, ['from']],
    [{ from: MINUTE, to: MINUTE - 60 }, ['to']],
    [{ from: MINUTE, to: MINUTE * 1000 }, ['to']],
    [{ from: new Date(), to: Number.POSITIVE_INFINITY }, ['from', 'to']],
    [{ from: MINUTE + 0.5, to: MINUTE + 60 }, ['from']],
    [
      {
        from: MINUTE,
        to: MINUTE,
        category: '',
        sharedPoolId: '..',
        selfId: 'a-b',
        incomplete: true,
      },
      ['category', 'sharedPoolId', 'selfId', 'incomplete'],
    ],
  ])('the range %j, naming every field, and asks the storage nothing', async (query, paths) => {
    const { storage, reader } = setUp();
    const result = reader[call](query as RangeQuery);
    const settled = result instanceof Promise ? result : collect<unknown>(result);
    const error = await settled.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toEqual(paths);
    expect(storage.lists).toBe(0);
  });
});

describe('what is wrong with a time of a range', () => {
  it.each([
    [MINUTE + 0.5, `must be whole Unix seconds from 0, got ${MINUTE}.5`],
    [-1, 'must be whole Unix seconds from 0, got -1'],
    [String(MINUTE), `must be whole Unix seconds from 0, got "${MINUTE}"`],
    [MINUTE * 1000, 'must be whole Unix seconds from 0 (this looks like milliseconds), got 1755'],
    [undefined, 'is required'],
  ])(
    '%j is said without asking for a whole minute, which it need not be',
    async (from, message) => {
      const { reader } = setUp();
      const query = { from, to: MINUTE + 60 } as RangeQuery;
      await expect(collect(reader.sets(query))).rejects.toThrow(`from: ${message}`);
      await expect(collect(reader.follow(query))).rejects.toThrow(`from: ${message}`);
    },
  );
});
