import { describe, expect, it } from 'vitest';
import {
  type MetaData,
  parseJson,
  stringifyJson,
  ValidationError,
  validateMetaData,
} from '../src/index.ts';
import { caught } from './support/caught.ts';

const data: MetaData = {
  clusterId: 'lc-1',
  type: 'logic',
  modifyTs: 1755850380,
  metadata: {
    name: 'one',
    limits: { value: 18446744073709551615n, unit: 'ru' },
    tags: ['a', null],
  },
};

async function found(value: unknown): Promise<string[]> {
  const error = await caught(() => validateMetaData(value as MetaData));
  expect(error).toBeInstanceOf(ValidationError);
  return (error as ValidationError).issues.map(({ path, code }) => `${path} ${code}`);
}

describe('validateMetaData', () => {
  it('takes what is right, and leaves it as it is', () => {
    expect(validateMetaData(Object.freeze({ ...data }))).toBeUndefined();
    validateMetaData({ ...data, category: '', metadata: {} });
    validateMetaData({ ...data, category: 'tidb', modifyTs: 0 });
  });

  it('names everything that is wrong, at once', async () => {
    const wrong = {
      clusterId: '../x',
      type: 'logical',
      category: 'a\\b',
      modifyTs: -1,
      metadata: { a: { value: -1, unit: 'x' }, b: undefined },
    };
    expect(await found(wrong)).toEqual([
      'clusterId INVALID_CHARACTER',
      'type NOT_ONE_OF',
      'category INVALID_CHARACTER',
      'modifyTs OUT_OF_RANGE',
      'metadata.a.value OUT_OF_RANGE',
      'metadata.b NOT_JSON',
    ]);
  });

  it('says what is missing', async () => {
    expect(await found({})).toEqual([
      'clusterId REQUIRED',
      'type REQUIRED',
      'modifyTs REQUIRED',
      'metadata REQUIRED',
    ]);
    for (const nothing of [undefined, null, 7]) {
      expect(await found(nothing)).toEqual(['data WRONG_TYPE']);
    }
  });

  it.each([null, 'text', 7, [], new Map(), new Date(), () => 1])(
    'refuses metadata that is no object: %s',
    async (metadata) => {
      expect(await found({ ...data, metadata })).toEqual(['metadata WRONG_TYPE']);
    },
  );

  it('refuses a cluster id that makes the key too long', async () => {
    expect(await found({ ...data, clusterId: 'x'.repeat(1024) })).toEqual(['key TOO_LONG']);
  });

  it('refuses what is too deep to be read back inside its file', async () => {
    const nested = (levels: number) => parseJson(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    const deepest = { ...data, metadata: nested(999) as MetaData['metadata'] };
    validateMetaData(deepest);
    expect(() => parseJson(stringifyJson({ metadata: deepest.metadata }))).not.toThrow();
    expect(await found({ ...data, metadata: nested(1000) })).toEqual([
      `metadata${'.a'.repeat(999)} TOO_DEEP`,
    ]);
  });
});
