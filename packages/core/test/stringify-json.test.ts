import { describe, expect, it } from 'vitest';
import { type JsonValue, stringifyJson, ValidationError } from '../src/index.ts';
import { caught } from './support/caught.ts';

const issuesOf = async (value: unknown) => {
  const error = await caught(() => stringifyJson(value as JsonValue));
  expect(error).toBeInstanceOf(ValidationError);
  return (error as ValidationError).issues;
};

const nested = (depth: number): JsonValue => {
  let value: JsonValue = [];
  for (let level = 1; level < depth; level++) value = [value];
  return value;
};

describe('stringifyJson', () => {
  it.each([
    [null, 'null'],
    [true, 'true'],
    [-0, '0'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [18446744073709551615n, '18446744073709551615'],
    [-9007199254740993n, '-9007199254740993'],
    [10n ** 30n, `1${'0'.repeat(30)}`],
    ['"\\\n\u0000\u2028😀<&>', '"\\"\\\\\\n\\u0000\u2028😀<&>"'],
    [[], '[]'],
    [{}, '{}'],
    [[1, [2n, null], { a: 'b' }], '[1,[2,null],{"a":"b"}]'],
    [{ 'a b': 1, é: { value: 1.5, unit: 'x' } }, '{"a b":1,"é":{"value":1.5,"unit":"x"}}'],
  ])('writes %s', (value, text) => {
    expect(stringifyJson(value as JsonValue)).toBe(text);
  });

  it('writes __proto__ as data', () => {
    const value = JSON.parse('{"__proto__":{"x":1}}') as JsonValue;
    expect(stringifyJson(value)).toBe('{"__proto__":{"x":1}}');
  });

  it('writes an object without a prototype, and leaves a frozen one alone', () => {
    const value = Object.freeze(Object.assign(Object.create(null), { a: 1n }) as { a: bigint });
    expect(stringifyJson(value)).toBe('{"a":1}');
  });

  it('writes the same object twice where it does not contain itself', () => {
    const shared = { a: 1 };
    expect(stringifyJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  it('is not led astray by a toJSON that someone put on BigInt', () => {
    Object.defineProperty(BigInt.prototype, 'toJSON', { configurable: true, value: () => 'lost' });
    try {
      expect(stringifyJson({ a: 5n })).toBe('{"a":5}');
    } finally {
      Reflect.deleteProperty(BigInt.prototype, 'toJSON');
    }
  });

  it('takes 1,000 levels and refuses 1,001', async () => {
    expect(stringifyJson(nested(1000))).toBe('['.repeat(1000) + ']'.repeat(1000));
    expect(await issuesOf(nested(1001))).toMatchObject([
      { path: '[0]'.repeat(1000), code: 'TOO_DEEP' },
    ]);
  });

  it('names every place that JSON cannot say', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = { circular };
    const value = {
      nan: Number.NaN,
      infinite: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      missing: undefined,
      sparse: new Array(2),
      date: new Date(0),
      map: new Map(),
      set: new Set(),
      boxed: new Number(1),
      instance: new (class Cluster {})(),
      error: new Error('x'),
      bytes: new Uint8Array(1),
      method: () => 1,
      symbol: Symbol('s'),
      half: '\ud800',
      'a b': { '\udc00': 1 },
      circular,
    };
    const issues = await issuesOf(value);
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'nan NOT_JSON',
      'infinite[0] NOT_JSON',
      'infinite[1] NOT_JSON',
      'missing NOT_JSON',
      'sparse[0] NOT_JSON',
      'sparse[1] NOT_JSON',
      'date NOT_JSON',
      'map NOT_JSON',
      'set NOT_JSON',
      'boxed NOT_JSON',
      'instance NOT_JSON',
      'error NOT_JSON',
      'bytes NOT_JSON',
      'method NOT_JSON',
      'symbol NOT_JSON',
      'half NOT_JSON',
      '["a b"]["\\udc00"] NOT_JSON',
      'circular.self.circular CIRCULAR',
    ]);
    expect(issues.find(({ path }) => path === 'instance')?.message).toBe(
      'must be a plain object, got a Cluster',
    );
  });

  it('names the value itself where there is no path', async () => {
    expect(await issuesOf(undefined)).toEqual([
      { path: 'value', code: 'NOT_JSON', message: 'must be JSON, got undefined' },
    ]);
  });

  it('takes any number beside a unit: only what is metered is held to uint64', () => {
    expect(stringifyJson({ value: -1.5, unit: 'x' })).toBe('{"value":-1.5,"unit":"x"}');
  });
});
