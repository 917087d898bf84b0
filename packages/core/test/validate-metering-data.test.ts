import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMeteringHeader, IssueList, JsonChecker } from '../src/building-blocks.ts';
import {
  type MeteringData,
  parseJson,
  stringifyJson,
  ValidationError,
  validateMeteringData,
} from '../src/index.ts';
import { caught } from './support/caught.ts';

const data: MeteringData = {
  timestamp: 1755850380,
  category: 'tidb-server',
  selfId: 'tidbserver01',
  data: [{ logical_cluster_id: 'lc-1', compute_seconds: { value: 3600, unit: 'seconds' } }],
};

async function errorOf(value: unknown): Promise<ValidationError> {
  const error = await caught(() => validateMeteringData(value as MeteringData));
  expect(error).toBeInstanceOf(ValidationError);
  return error as ValidationError;
}

const found = async (value: unknown) =>
  (await errorOf(value)).issues.map(({ path, code }) => `${path} ${code}`);

const recordsFound = (...records: unknown[]) => found({ ...data, data: records });

describe('validateMeteringData', () => {
  it('has a type by which the compiler says at which value a record is wrong', async () => {
    const wrong: MeteringData['data'] = [
      // @ts-expect-error A date is no JSON. Where the type named no array, all of `data` was the place.
      { since: new Date(0) },
    ];
    expect(await found({ ...data, data: wrong })).toEqual(['data[0].since NOT_JSON']);
  });

  it('takes what is right, and leaves it as it is', () => {
    const frozen = Object.freeze({ ...data, data: Object.freeze([...(data.data as [])]) });
    expect(validateMeteringData(frozen)).toBeUndefined();
    expect(frozen).not.toHaveProperty('sharedPoolId');
  });

  it.each([undefined, '', 'default-shared-pool'])('takes the shared pool %j', (sharedPoolId) => {
    validateMeteringData({ ...data, sharedPoolId });
  });

  it('takes any iterable, and goes through an array alone', () => {
    const begun = () => {
      throw new Error('gone through');
    };
    const once = { [Symbol.iterator]: begun };
    const later = { [Symbol.asyncIterator]: begun };
    for (const records of [[], new Set([{ a: 1 }]), once, later, [].values()]) {
      validateMeteringData({ ...data, data: records });
    }
  });

  it('names every field that is wrong, at once', async () => {
    const wrong = {
      timestamp: 1755850380000,
      category: 'a/b',
      sharedPoolId: 'a\u0000',
      selfId: 'a-b',
      data: 7,
    };
    const error = await errorOf(wrong);
    expect(error.issues).toEqual([
      {
        path: 'timestamp',
        code: 'LOOKS_LIKE_MILLISECONDS',
        message:
          'must be a whole minute: positive Unix seconds divisible by 60, as floorToMinute(date) gives (this looks like milliseconds), got 1755850380000',
      },
      {
        path: 'category',
        code: 'INVALID_CHARACTER',
        message: 'must not contain a backslash or "/", got "a/b"',
      },
      {
        path: 'sharedPoolId',
        code: 'INVALID_CHARACTER',
        message: 'must not contain the character U+0000, got "a\\u0000"',
      },
      {
        path: 'selfId',
        code: 'INVALID_CHARACTER',
        message: 'must not contain "-" (it parts the id from the page number), got "a-b"',
      },
      {
        path: 'data',
        code: 'WRONG_TYPE',
        message: 'must be an iterable or async iterable of records, got 7',
      },
    ]);
    expect(error.message).toBe(
      'Invalid metering data: timestamp: must be a whole minute: positive Unix seconds divisible by 60, as floorToMinute(date) gives (this looks like milliseconds), got 1755850380000; category: must not contain a backslash or "/", got "a/b"; sharedPoolId: must not contain the character U+0000, got "a\\u0000" (and 2 more)',
    );
  });

  it('says what is missing', async () => {
    expect(await found({})).toEqual([
      'timestamp REQUIRED',
      'category REQUIRED',
      'selfId REQUIRED',
      'data REQUIRED',
    ]);
    for (const nothing of [undefined, null, 7, 'text']) {
      expect(await found(nothing)).toEqual(['data WRONG_TYPE']);
    }
  });

  it.each([59, 0, -60, 60.5, Number.NaN, new Date(60_000), new Date('x'), 60n, '60'])(
    'refuses the timestamp %s',
    async (timestamp) => {
      expect((await errorOf({ ...data, timestamp })).issues).toMatchObject([{ path: 'timestamp' }]);
    },
  );

  it.each(['text', null, 7, {}, { length: 1 }, () => [], { [Symbol.iterator]: 1 }])(
    'refuses the records %s, which nothing can go through',
    async (records) => {
      expect(await found({ ...data, data: records })).toEqual(['data WRONG_TYPE']);
    },
  );

  it('refuses a shared pool that is no text', async () => {
    expect(await found({ ...data, sharedPoolId: null })).toEqual(['sharedPoolId WRONG_TYPE']);
  });

  it('refuses ids that make a key of more than 1,024 bytes together', async () => {
    expect(await found({ ...data, selfId: 'é'.repeat(500) })).toEqual(['key TOO_LONG']);
    const half = 'x'.repeat(500);
    expect(await found({ ...data, category: half, sharedPoolId: half })).toEqual(['key TOO_LONG']);
    validateMeteringData({ ...data, category: half, sharedPoolId: 'x'.repeat(400) });
  });

  it('refuses records that are no plain objects, and holes', async () => {
    const sparse: object[] = [];
    sparse[1] = {};
    expect(await found({ ...data, data: sparse })).toEqual(['data[0] WRONG_TYPE']);
    expect(
      await recordsFound(
        null,
        undefined,
        1,
        'x',
        [],
        new Date(),
        new Map(),
        new (class A {})(),
        () => 1,
      ),
    ).toEqual(Array.from({ length: 9 }, (_, index) => `data[${index}] WRONG_TYPE`));
  });

  it('takes records without a prototype and of another realm', async () => {
    const vm = await import('node:vm');
    const foreign = vm.runInNewContext('[{ a: { value: 1, unit: "x" }, b: [1] }]') as [];
    validateMeteringData({ ...data, data: foreign });
    validateMeteringData({ ...data, data: [Object.create(null)] });
  });

  it('finds a circle, and takes the same object twice', async () => {
    const record: Record<string, unknown> = { a: { b: [] } };
    (record.a as { b: unknown[] }).b.push(record);
    expect(await recordsFound(record)).toEqual(['data[0].a.b[0] CIRCULAR']);
    const shared = { value: 1, unit: 'x' };
    validateMeteringData({ ...data, data: [{ a: shared, b: shared }] });
  });

  it('finds everything wrong in all records, each with its path', async () => {
    const records = [
      { a: { value: 1.5, unit: 'x' }, 'b c': { value: 2 ** 53, unit: 'x' } },
      { list: [1, { deep: Number.NaN }], ok: 'fine' },
      { late: undefined, half: '\ud800', '': Symbol('s') },
    ];
    expect(await recordsFound(...records)).toEqual([
      'data[0].a.value NOT_AN_INTEGER',
      'data[0]["b c"].value OUT_OF_RANGE',
      'data[1].list[1].deep NOT_JSON',
      'data[2].late NOT_JSON',
      'data[2].half NOT_JSON',
      'data[2][""] NOT_JSON',
    ]);
  });

  it('looks into __proto__ where it is data', async () => {
    const record = parseJson('{"__proto__":{"value":-1,"unit":"x"}}');
    expect(await recordsFound(record)).toEqual(['data[0].__proto__.value OUT_OF_RANGE']);
  });

  it('keeps the first 100 findings and counts them all', async () => {
    const error = await errorOf({ ...data, data: Array.from({ length: 250 }, () => 1) });
    expect(error.issues).toHaveLength(100);
    expect(error.issues[99]?.path).toBe('data[99]');
    expect(error.issueCount).toBe(250);
    expect(error.message).toMatch(/ \(and 247 more\)$/);
  });
});

describe('the value of a metric', () => {
  const metric = (value: unknown, unit: unknown = 'x') => ({ a: { value, unit } });

  it.each([0, 1, -0, 2 ** 53 - 1, 0n, 2n ** 53n, 2n ** 64n - 1n])('may be %s', (value) => {
    validateMeteringData({ ...data, data: [metric(value) as never] });
  });

  it.each([
    [-1, 'OUT_OF_RANGE'],
    [-1n, 'OUT_OF_RANGE'],
    [2n ** 64n, 'OUT_OF_RANGE'],
    [2 ** 53, 'OUT_OF_RANGE'],
    [1e300, 'OUT_OF_RANGE'],
    [0.5, 'NOT_AN_INTEGER'],
    [Number.NaN, 'NOT_AN_INTEGER'],
    [Number.POSITIVE_INFINITY, 'NOT_AN_INTEGER'],
    ['1', 'WRONG_TYPE'],
    [null, 'WRONG_TYPE'],
    [undefined, 'WRONG_TYPE'],
    [true, 'WRONG_TYPE'],
    [[1], 'WRONG_TYPE'],
    [{}, 'WRONG_TYPE'],
  ])('must not be %s: %s', async (value, code) => {
    expect(await recordsFound(metric(value))).toEqual([`data[0].a.value ${code}`]);
  });

  it('is held to that at any depth, whatever the unit, and nowhere else', async () => {
    const deep = [{ b: metric(0.5) }];
    expect(await recordsFound({ deep })).toEqual(['data[0].deep[0].b.a.value NOT_AN_INTEGER']);
    expect(await recordsFound({ value: 0.5, unit: null })).toEqual([
      'data[0].value NOT_AN_INTEGER',
    ]);
    validateMeteringData({ ...data, data: [{ value: 0.5 }, { values: -1, unit: 'x' }] });
    validateMeteringData({ ...data, data: [{ a: -(2n ** 70n), b: 1e300 }] });
  });

  it('says of a number that is no longer exact to use a bigint', async () => {
    const error = await errorOf({ ...data, data: [metric(2 ** 53)] });
    expect(error.message).toContain('a bigint beyond 2^53 - 1');
    const huge = await errorOf({ ...data, data: [metric(10n ** 5000n)] });
    expect(huge.message.length).toBeLessThan(200);
  });
});

describe('the depth of a record', () => {
  const nested = (levels: number) => {
    let value: unknown = {};
    for (let level = 1; level < levels; level++) value = { a: value };
    return value;
  };

  it('leaves room for the page around it, which was written and could not be read', async () => {
    validateMeteringData({ ...data, data: [nested(998) as never] });
    expect(() => parseJson(stringifyJson({ data: [nested(998)] } as never))).not.toThrow();
    expect(await recordsFound(nested(999))).toEqual([`data[0]${'.a'.repeat(998)} TOO_DEEP`]);
    expect(() => parseJson(`{"data":[${stringifyJson(nested(999) as never)}]}`)).toThrow('deeper');
  });
});

describe('the parts of the check', () => {
  it('JsonChecker names the index of the record at hand', () => {
    const issues = new IssueList();
    const checker = new JsonChecker(issues, { metrics: true });
    checker.checkObject({ a: 1 }, 'data', 0);
    expect(issues.count).toBe(0);
    checker.checkObject({ a: Number.NaN }, 'data', 41);
    checker.checkObject('x', 'data', 42);
    expect(issues.toError('Wrong')?.issues.map(({ path }) => path)).toEqual([
      'data[41].a',
      'data[42]',
    ]);
  });

  it('checkMeteringHeader leaves the records alone', () => {
    const issues = new IssueList();
    checkMeteringHeader({ ...data, data: [1 as never] }, issues);
    expect(issues.count).toBe(0);
  });

  it('an error keeps what was found when it was made', () => {
    const issues = new IssueList();
    expect(issues.toError('Wrong')).toBeUndefined();
    issues.add('a', 'REQUIRED', 'is required');
    const error = issues.toError('Wrong');
    issues.add('b', 'REQUIRED', 'is required');
    expect(error?.issues).toHaveLength(1);
    expect(error?.message).toBe('Wrong: a: is required');
  });
});

describe('any value at all', () => {
  it('is taken or refused, never another exception, and what is taken can be written and read', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (record) => {
        try {
          validateMeteringData({ ...data, data: [record as never] });
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationError);
          return;
        }
        parseJson(stringifyJson(record as never));
      }),
      { numRuns: 1000 },
    );
  });
});
