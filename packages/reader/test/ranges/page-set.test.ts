import { describe, expect, it } from 'vitest';
import { judgeSet } from '../../src/lib/ranges/page-set.ts';
import { PAGE } from '../support/files.ts';

/** What pages say of `parts`, by their numbers. */
type Claims = readonly (readonly [part: number, parts: number | undefined])[];

function judge(claims: Claims) {
  const pages = claims.map(([part, parts]) => ({
    page: { ...PAGE, key: `n-${part}`, part, size: 1 },
    parts,
  }));
  return judgeSet('n-', PAGE, pages);
}

describe('a set', () => {
  it.each<[string, Claims, number]>([
    ['of one page', [[0, 1]], 1],
    [
      'of three pages',
      [
        [0, 0],
        [1, 0],
        [2, 3],
      ],
      3,
    ],
    [
      'whose first page was written by Go and found to be equal',
      [
        [0, undefined],
        [1, 2],
      ],
      2,
    ],
  ])('%s is complete', (_what, claims, parts) => {
    const set = judge(claims);
    expect(set).toMatchObject({ status: 'complete', parts, missing: [] });
    expect(set).not.toHaveProperty('reason');
  });

  it.each<[string, Claims]>([
    ['of one page', [[0, undefined]]],
    [
      'of two pages',
      [
        [0, undefined],
        [1, undefined],
      ],
    ],
  ])('%s that says nothing of its size is unknown', (_what, claims) => {
    const set = judge(claims);
    expect(set).toMatchObject({ status: 'unknown', missing: [] });
    expect(set).not.toHaveProperty('parts');
    expect(set).not.toHaveProperty('reason');
  });

  it.each<[string, Claims, number[], string]>([
    [
      'lacks its last page',
      [
        [0, 0],
        [1, 0],
      ],
      [2],
      'no page says that it is the last: at least page 2 is missing',
    ],
    [
      'lacks a page between',
      [
        [0, 0],
        [2, 3],
      ],
      [1],
      'page 1 is missing',
    ],
    ['lacks its first pages', [[2, 3]], [0, 1], 'pages 0, 1 are missing'],
    [
      'lacks a page between and its last',
      [
        [0, 0],
        [2, 0],
      ],
      [1, 3],
      'at least pages 1, 3 are missing',
    ],
    [
      'was written by Go and lacks a page',
      [
        [0, undefined],
        [2, undefined],
      ],
      [1],
      'page 1 is missing',
    ],
    ['was written by Go and begins with another page', [[1, undefined]], [0], 'page 0 is missing'],
    [
      'has two last pages',
      [
        [0, 1],
        [1, 2],
      ],
      [],
      'pages 0, 1 each say that they are the last',
    ],
    [
      'has pages behind its last',
      [
        [0, 0],
        [1, 2],
        [2, 0],
      ],
      [],
      'page 1 says that it is the last, but there are pages up to 2',
    ],
    [
      'has a page behind its last of Go',
      [
        [0, 1],
        [1, undefined],
      ],
      [],
      'page 0 says that it is the last',
    ],
    [
      'says that more follow after Go wrote the last',
      [
        [0, 0],
        [1, undefined],
      ],
      [2],
      'at least page 2',
    ],
  ])('that %s is incomplete, and says why', (_what, claims, missing, reason) => {
    const set = judge(claims);
    expect(set).toMatchObject({ status: 'incomplete', missing });
    expect(set.reason).toContain(reason);
  });

  it('names no more missing pages than fit, wherever a stray page lies', () => {
    const set = judge([
      [0, 0],
      [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER],
    ]);
    expect(set.missing).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(set.reason).toBe('pages 1, 2, 3, 4, 5 and 9007199254740984 more are missing');
  });
});
