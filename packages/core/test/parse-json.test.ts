import { describe, expect, it } from 'vitest';
import { FormatError, parseJson } from '../src/index.ts';
import { caught } from './support/caught.ts';

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

const refusal = async (input: string | Uint8Array): Promise<FormatError> => {
  const error = await caught(() => parseJson(input));
  expect(error).toBeInstanceOf(FormatError);
  return error as FormatError;
};

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['7', 7],
    ['-7', -7],
    ['999999999999999', 999_999_999_999_999],
    ['1000000000000000', 1_000_000_000_000_000],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['9007199254740992', 9_007_199_254_740_992n],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['-9007199254740992', -9_007_199_254_740_992n],
    ['-9007199254740993', -9_007_199_254_740_993n],
    ['18446744073709551615', 2n ** 64n - 1n],
    ['18446744073709551616', 2n ** 64n],
    ['-9223372036854775809', -(2n ** 63n) - 1n],
    [`1${'0'.repeat(1000)}`, 10n ** 1000n],
    ['1.0', 1],
    ['0.1', 0.1],
    ['-0.0', -0],
    ['-1.5e3', -1500],
    ['1E3', 1000],
    ['1e+2', 100],
    ['2e-2', 0.02],
    ['9007199254740993.0', 9_007_199_254_740_992],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['5e-324', Number.MIN_VALUE],
    ['1e-400', 0],
  ])('%s is exact', (text, value) => {
    expect(parseJson(text)).toBe(value);
    expect(parseJson(`[${text}]`)).toEqual([value]);
    expect(parseJson(` ${text}\n`)).toBe(value);
  });

  it.each([
    ['1E400', 'the number "1E400", malformed or too large', 1],
    ['-1E400', 'the number "-1E400", malformed or too large', 1],
    ['01', 'the number "01", malformed or too large', 1],
    ['-01', 'the number "-01", malformed or too large', 1],
    ['00', 'the number "00", malformed or too large', 1],
    ['01.5', 'the number "01.5", malformed or too large', 1],
    ['-', 'the number "-", malformed or too large', 1],
    ['+1', 'expected a value, found "+"', 1],
    ['.5', 'expected a value, found "."', 1],
    ['-.5', 'the number "-.5", malformed or too large', 1],
    ['1.', 'the number "1.", malformed or too large', 1],
    ['1.e5', 'the number "1.e5", malformed or too large', 1],
    ['1e', 'the number "1e", malformed or too large', 1],
    ['1e+', 'the number "1e+", malformed or too large', 1],
    ['1.5.5', 'the number "1.5.5", malformed or too large', 1],
    ['0x10', 'expected the end, found "x"', 2],
    ['1_000', 'expected the end, found "_"', 2],
    ['1n', 'expected the end, found "n"', 2],
    ['NaN', 'expected a value, found "N"', 1],
    ['Infinity', 'expected a value, found "I"', 1],
    ['-Infinity', 'the number "-", malformed or too large', 1],
  ])('%s is refused', async (text, words, column) => {
    expect(await refusal(text)).toMatchObject({
      code: 'INVALID_JSON',
      message: `Invalid JSON at line 1, column ${column}: ${words}`,
    });
  });

  it('keeps every digit of a metric, wherever it stands in its object', () => {
    const text = '{"value":18446744073709551615,"unit":"ru","more":1}';
    const expected = { value: 18446744073709551615n, unit: 'ru', more: 1 };
    expect(parseJson(text)).toEqual(expected);
    expect(parseJson('{"unit":"ru","value":18446744073709551615}')).toEqual({
      unit: 'ru',
      value: 18446744073709551615n,
    });
    expect(parseJson('{"value":1}')).toEqual({ value: 1 });
    expect(parseJson(' { "value" : 1 , "unit" : "ru" } ')).toEqual({ value: 1, unit: 'ru' });
    expect(parseJson('{"value":1 ,"unit":"ru"}')).toEqual({ value: 1, unit: 'ru' });
    expect(parseJson('{"values":1}')).toEqual({ values: 1 });
  });
});

describe('strings', () => {
  it.each([
    ['""', ''],
    ['"a"', 'a'],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ['"\\u0000\\u001F\\u00e9\\u00E9"', '\0\u001féé'],
    ['"\\ud83d\\ude00"', '😀'],
    ['"😀 é \u2028\u2029 \u007f \ufeff"', '😀 é \u2028\u2029 \u007f \ufeff'],
    ['"\\u2028"', '\u2028'],
    ['"\ufeffa\\n\ufeffb"', '\ufeffa\n\ufeffb'],
    ['"é\\n😀"', 'é\n😀'],
    ['"\\\\u0041"', '\\u0041'],
    [`"${'x'.repeat(24)}"`, 'x'.repeat(24)],
    [`"${'x'.repeat(25)}"`, 'x'.repeat(25)],
    [`"${'x'.repeat(49)}"`, 'x'.repeat(49)],
    [`"${'é'.repeat(5000)}"`, 'é'.repeat(5000)],
  ])('%s is read', (text, value) => {
    expect(parseJson(text)).toBe(value);
    expect(parseJson(Buffer.from(text))).toBe(value);
  });

  it('tells strings apart that are alike', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `cluster-${index * 7919}`);
    const twice = [...names, ...names];
    expect(parseJson(JSON.stringify(twice))).toEqual(twice);
  });

  it('refuses every control character', async () => {
    for (let unit = 0; unit < 0x20; unit++) {
      const character = String.fromCharCode(unit);
      for (const text of [`"a${character}"`, `"é${character}"`]) {
        expect(await refusal(text)).toMatchObject({
          message: 'Invalid JSON at line 1, column 3: a control character in a string',
        });
      }
    }
  });

  it.each([
    ['"', 'a string without an end', 1],
    ['["a', 'a string without an end', 2],
    ['"é', 'a string without an end', 1],
    ['"\\', 'a string without an end', 1],
    ['"\\x41"', 'a string with an unknown escape', 1],
    ['"\\U0041"', 'a string with an unknown escape', 1],
    ['"\\u004"', 'a string with an unknown escape', 1],
    ['"\\u00g0"', 'a string with an unknown escape', 1],
    ['"\\u+041"', 'a string with an unknown escape', 1],
    ['"\\u', 'a string without an end', 1],
    ["'a'", 'expected a value, found "\'"', 1],
    ['“a”', 'expected a value, found U+201C', 1],
    ['😀', 'expected a value, found U+1F600', 1],
  ])('%s is refused', async (text, words, column) => {
    expect((await refusal(text)).message).toBe(
      `Invalid JSON at line 1, column ${column}: ${words}`,
    );
  });

  it.each([
    ['a high half escaped', '"\\ud83d"'],
    ['a low half escaped', '"\\ude00"'],
    ['two halves in the wrong order', '"\\ude00\\ud83d"'],
    ['a half and a letter', '"\\ud83da"'],
    ['a half and a newline', '"\\ud83d\\n"'],
    ['a half as a key', '{"\\ud83d":1}'],
    ['a half before an end', '["\\ud83d","\\ude00"]'],
    ['a raw half', '"\ud83d"'],
    ['a raw half before an escaped one', '"\ud83d\\ude00"'],
    ['an escaped half before a raw one', '"\\ud83d\ude00"'],
    ['a raw half outside a string', '[\ud83d]'],
  ])('refuses a lone surrogate: %s', async (_, text) => {
    expect((await refusal(text)).message).toMatch(/: a lone surrogate/);
  });

  it('says where a raw lone surrogate stands', async () => {
    expect(await refusal('["é",\n"a\udc00"]')).toMatchObject({ line: 2, column: 3 });
  });
});

describe('bytes that are not UTF-8', () => {
  it.each([
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong NUL of three', [0xe0, 0x80, 0x80]],
    ['a high surrogate', [0xed, 0xa0, 0xbd]],
    ['a surrogate pair', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
    ['a truncated pair of bytes', [0xc3]],
    ['a truncated four', [0xf0, 0x9f, 0x98]],
    ['a lone continuation', [0x80]],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['0xff', [0xff]],
    ['Latin-1', [0xe9, 0x61]],
  ])('are refused: %s', async (_, raw) => {
    for (const input of [bytes('"', raw, '"'), bytes('{"', raw, '":1}'), bytes('"\\n', raw, '"')]) {
      expect((await refusal(input)).message).toMatch(/: a string that is not UTF-8$/);
    }
    expect((await refusal(bytes('[1,', raw, ']'))).message).toMatch(/expected a value, found U\+/);
  });

  it('are refused where an escape cuts a character', async () => {
    const cut = bytes('"', [0xc3], '\\n', [0xa9], '"');
    expect((await refusal(cut)).message).toMatch(/not UTF-8/);
  });

  it('are refused with a byte order mark, by its number', async () => {
    for (const input of ['\ufeff{}', bytes([0xef, 0xbb, 0xbf], '{}')]) {
      expect((await refusal(input)).message).toBe(
        'Invalid JSON at line 1, column 1: expected a value, found U+FEFF',
      );
    }
  });
});

describe('objects', () => {
  it.each([
    'a',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '0',
    '4294967295',
    'é',
  ])('refuses the key %j twice', async (key) => {
    const quoted = JSON.stringify(key);
    const text = `{${quoted}:1,"other":2,${quoted}:3}`;
    expect(await refusal(text)).toMatchObject({
      column: text.lastIndexOf(quoted) + 1,
      message: expect.stringContaining(`: the key ${quoted} twice in one object`),
    });
  });

  it.each([
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"\\u005f_proto__":1,"__proto__":2}', '__proto__'],
    ['{"value":1,"value":2}', 'value'],
    ['{"value":1,"unit":"x","unit":"y"}', 'unit'],
    ['{"value":1,"unit":"x","value":2}', 'value'],
    ['[{"a":{"b":null,"c":0,"b":null}}]', 'b'],
  ])('refuses a key twice however it is spelled: %s', async (text, key) => {
    expect((await refusal(text)).message).toContain(`the key "${key}" twice in one object`);
  });

  it('takes the same key in two objects', () => {
    expect(parseJson('[{"a":1},{"a":2,"b":{"a":3}}]')).toEqual([{ a: 1 }, { a: 2, b: { a: 3 } }]);
  });

  it('keeps __proto__ and the names of methods as data', () => {
    const value = parseJson('{"__proto__":{"x":1},"constructor":2,"toString":null}') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')).toEqual({
      value: { x: 1 },
      enumerable: true,
      configurable: true,
      writable: true,
    });
    expect((value as { x?: unknown }).x).toBeUndefined();
  });

  it('is not led astray by what someone put on Object.prototype', () => {
    Object.defineProperty(Object.prototype, 'planted', {
      configurable: true,
      set: () => undefined,
      get: () => 1,
    });
    try {
      const value = parseJson('{"planted":2}') as object;
      expect(Object.getOwnPropertyDescriptor(value, 'planted')?.value).toBe(2);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'planted');
    }
  });

  it.each([
    ['{', 'expected a key in double quotes, found the end'],
    ['{"a"', 'expected ":", found the end'],
    ['{"a":', 'expected a value, found the end'],
    ['{"a":1', 'expected "," or "}", found the end'],
    ['{"a":1,', 'expected a key in double quotes, found the end'],
    ['{"a":1,}', 'expected a key in double quotes, found "}"'],
    ['{,}', 'expected a key in double quotes, found ","'],
    ['{a:1}', 'expected a key in double quotes, found "a"'],
    ['{"a" 1}', 'expected ":", found "1"'],
    ['{"a":1 "b":2}', 'expected "," or "}", found "\\""'],
    ['{"value":1,"unit":"x" "b":2}', 'expected "," or "}", found "\\""'],
    ['{"value":1', 'expected "," or "}", found the end'],
    ['{"value":', 'expected a value, found the end'],
    ['{"value":1,"unit":', 'expected a value, found the end'],
    ['{1:1}', 'expected a key in double quotes, found "1"'],
    ['{]', 'expected a key in double quotes, found "]"'],
  ])('refuses %s', async (text, words) => {
    expect((await refusal(text)).message).toContain(words);
  });
});

describe('texts', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['null', null],
    ['[]', []],
    ['{}', {}],
    [' [ 1 , [ ] , { } ]\r\n\t', [1, [], {}]],
  ])('%j is read', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([
    ['', 'expected a value, found the end', 1],
    [' \n', 'expected a value, found the end', 1],
    ['[', 'expected a value, found the end', 2],
    ['[1', 'expected "," or "]", found the end', 3],
    ['[1,]', 'expected a value, found "]"', 4],
    ['[1}', 'expected "," or "]", found "}"', 3],
    [']', 'expected a value, found "]"', 1],
    ['tru', 'expected a value, found "t"', 1],
    ['True', 'expected a value, found "T"', 1],
    ['nullx', 'expected the end, found "x"', 5],
    ['undefined', 'expected a value, found "u"', 1],
    ['{} {}', 'expected the end, found "{"', 4],
    ['[]]', 'expected the end, found "]"', 3],
    ['1\u00a0', 'expected the end, found U+00A0', 2],
    ['1\u2028', 'expected the end, found U+2028', 2],
    ['\v1', 'expected a value, found U+000B', 1],
    ['1\0', 'expected the end, found U+0000', 2],
    ['// c\n1', 'expected a value, found "/"', 1],
  ])('%j is refused', async (text, words, column) => {
    const error = await refusal(text);
    expect(error.message).toContain(words);
    if (!text.includes('\n')) expect(error.column).toBe(column);
  });

  it('takes 1,000 levels and refuses 1,001 as too deep', async () => {
    expect(JSON.stringify(parseJson(nested(1000)))).toBe(nested(1000));
    expect(await refusal(nested(1001))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 1000,
      line: 1,
      column: 1001,
    });
    const objects = `${'{"value":'.repeat(1001)}1${'}'.repeat(1001)}`;
    expect(await refusal(objects)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(await refusal('['.repeat(1_000_000))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('takes any number of levels side by side', () => {
    const many = `[${Array.from({ length: 3000 }, () => '[[]]').join(',')}]`;
    expect(parseJson(many)).toHaveLength(3000);
  });

  it('says the place in lines and UTF-16 units, after CRLF and any characters', async () => {
    expect(await refusal('[1,\r\n  2,\r\n  x]')).toMatchObject({ line: 3, column: 3 });
    expect(await refusal('{"é😀":\n"ü😀",!}')).toMatchObject({ line: 2, column: 7 });
    expect(await refusal('["\u2028",!]')).toMatchObject({ line: 1, column: 6 });
    const text = '["é😀", tru]';
    expect((await refusal(text)).column).toBe(text.indexOf('tru') + 1);
  });

  it('names the key that the bytes were stored under', async () => {
    const key = 'metering/ru/60/c/p/s-0.json.gz';
    const error = await caught(() => parseJson('{', { key }));
    expect(error).toMatchObject({
      key,
      message: `${key}: invalid JSON at line 1, column 2: expected a key in double quotes, found the end`,
    });
  });

  it('reads a part of a larger buffer, and leaves the bytes alone', () => {
    const whole = Buffer.from('xx{"a":"é"}yy');
    const before = Buffer.from(whole);
    expect(parseJson(whole.subarray(2, -2))).toEqual({ a: 'é' });
    expect(whole).toEqual(before);
  });

  it('refuses what is neither text nor bytes as a TypeError', () => {
    for (const input of [undefined, null, 1, {}, new ArrayBuffer(2), ['1']]) {
      expect(() => parseJson(input as string)).toThrow(TypeError);
    }
  });
});
