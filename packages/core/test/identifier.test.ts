import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifierProblem, selfIdProblem } from '../src/building-blocks.ts';
import { identifier } from './support/key-arbitraries.ts';

describe('identifierProblem', () => {
  it.each([
    'a',
    'lc-prod-001',
    '...',
    '.a',
    'a b',
    '+',
    '%2F',
    '?',
    '#',
    '"',
    "'",
    '😀',
    '\u200b',
    '\ufeff',
  ])('takes %j', (value) => {
    expect(identifierProblem(value)).toBeUndefined();
  });

  it.each([
    [undefined, 'REQUIRED', 'is required'],
    ['', 'REQUIRED', 'empty'],
    [null, 'WRONG_TYPE', 'null'],
    [7, 'WRONG_TYPE', '7'],
    [['a'], 'WRONG_TYPE', 'an array'],
    ['.', 'INVALID_CHARACTER', '"."'],
    ['..', 'INVALID_CHARACTER', '".."'],
    ['a/b', 'INVALID_CHARACTER', '"/"'],
    ['../etc', 'INVALID_CHARACTER', '"/"'],
    ['a\\b', 'INVALID_CHARACTER', 'backslash'],
    ['a\u0000', 'INVALID_CHARACTER', 'U+0000'],
    ['a\nb', 'INVALID_CHARACTER', 'U+000A'],
    ['\u007f', 'INVALID_CHARACTER', 'U+007F'],
    ['\u0080', 'INVALID_CHARACTER', 'U+0080'],
    ['\u009f', 'INVALID_CHARACTER', 'U+009F'],
    ['\ufffe', 'INVALID_CHARACTER', 'U+FFFE'],
    ['\uffff', 'INVALID_CHARACTER', 'U+FFFF'],
    ['\ud800', 'INVALID_CHARACTER', 'lone surrogate U+D800'],
    ['\udc00a', 'INVALID_CHARACTER', 'lone surrogate U+DC00'],
    ['\ude00\ud83d', 'INVALID_CHARACTER', 'lone surrogate U+DE00'],
    ['a\ud83d', 'INVALID_CHARACTER', 'lone surrogate U+D83D'],
  ])('refuses %j as %s', (value, code, words) => {
    const problem = identifierProblem(value);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(words);
  });

  it('refuses exactly the characters that no key may hold, and the two that part paths', () => {
    const forbidden = /[/\\\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/u;
    for (let unit = 0; unit <= 0xffff; unit++) {
      const text = `x${String.fromCharCode(unit)}`;
      if ((identifierProblem(text) !== undefined) !== forbidden.test(text)) {
        throw new Error(`U+${unit.toString(16)} is judged wrongly`);
      }
    }
  });

  it('takes every well-formed text without them', () => {
    fc.assert(
      fc.property(identifier, (text) => {
        expect(identifierProblem(text)).toBeUndefined();
      }),
    );
  });

  it('shows only the beginning of a long value', () => {
    expect(identifierProblem(`${'x'.repeat(5000)}/`)?.message.length).toBeLessThan(120);
  });
});

describe('selfIdProblem', () => {
  it('refuses "-" as well, and says why', () => {
    expect(selfIdProblem('tidb_01')).toBeUndefined();
    expect(selfIdProblem('tidb-01')).toEqual({
      code: 'INVALID_CHARACTER',
      message: 'must not contain "-" (it parts the id from the page number), got "tidb-01"',
    });
    expect(selfIdProblem('a-b/c')?.message).toContain('"/"');
    expect(selfIdProblem(undefined)?.code).toBe('REQUIRED');
  });
});
