import { FormatError } from '@metering/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../src/lib/pages/scan/byte-window.ts';
import { ExactSums, highHalf, joinHalves, lowHalf } from '../../src/lib/pages/scan/exact-sums.ts';
import { PageTexts } from '../../src/lib/pages/scan/page-texts.ts';
import { RecordBuilder } from '../../src/lib/pages/scan/record-builder.ts';
import { RecordScanner, UNUSUAL } from '../../src/lib/pages/scan/record-scanner.ts';
import { Surprise } from '../../src/lib/pages/scan/surprise.ts';
import { TextTable, UNKNOWN } from '../../src/lib/pages/scan/text-table.ts';
import { INCOMPLETE, valueEnd } from '../../src/lib/pages/scan/value-end.ts';
import { firstMark, quotesIn, stopsIn, wordOf } from '../../src/lib/pages/scan/word-bytes.ts';

const COLON = 0x3a;

function windowOf(text: string): ByteWindow {
  const window = new ByteWindow();
  window.append(Buffer.from(text));
  return window;
}

describe('four bytes at once', () => {
  it('show the first quote, and the first byte that no plain text holds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 255 }), { minLength: 4, maxLength: 4 }), (bytes) => {
        const word = Buffer.from(bytes).readInt32LE();
        const quote = bytes.indexOf(0x22);
        const stop = bytes.findIndex(
          (byte) => byte < 0x20 || byte >= 0x80 || byte === 0x22 || byte === 0x5c,
        );
        expect(quotesIn(word) === 0 ? -1 : firstMark(quotesIn(word))).toBe(quote);
        expect(stopsIn(word) === 0 ? -1 : firstMark(stopsIn(word))).toBe(stop);
      }),
      { numRuns: 5000 },
    );
  });

  it('are read as their text is written', () => {
    expect(windowOf('{"va').view.getInt32(0, true)).toBe(wordOf('{"va'));
  });
});

describe('the window', () => {
  it('holds what was not read yet, then what came, then quotes', () => {
    const chunk = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 400 }));
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 20 }), (chunks) => {
        const window = new ByteWindow();
        let expected = Buffer.alloc(0);
        for (const [bytes, read] of chunks) {
          window.append(bytes);
          expected = Buffer.concat([expected, bytes]);
          const held = window.bytes.subarray(window.start, window.end);
          expect(held.equals(expected)).toBe(true);
          expect(window.bytes.toString('latin1', window.end, window.end + 16)).toBe('"'.repeat(16));
          expect(window.view.getUint8(window.end)).toBe(0x22);
          const passed = Math.min(read, expected.length);
          window.start += passed;
          expected = expected.subarray(passed);
        }
      }),
    );
  });
});

describe('a table of texts', () => {
  it('gives each text one number, whatever stands around it', () => {
    const table = new TextTable(64, COLON);
    const window = windowOf('"cpu":"cpu_seconds":"cpv":"cpu":"c":');
    const found = [0, 6, 20, 26, 32].map((at) => table.find(window, at));
    expect(found).toEqual([0, 1, 2, 0, 3]);
    expect(table.texts).toEqual(['cpu', 'cpu_seconds', 'cpv', 'c']);
    expect(table.matches(0, window.view, 26)).toBe(true);
    expect(table.matches(0, window.view, 20)).toBe(false);
    expect(table.matches(1, window.view, 6)).toBe(true);
  });

  it.each([
    ['an empty text', '"":'],
    ['an escape', '"a\\u0062":'],
    ['an escaped quote', '"a\\":'],
    ['a control character', '"a\nb":'],
    ['what is not ASCII', '"é":'],
    ['what every object inherits', '"__proto__":'],
    ['another inherited name', '"constructor":'],
    ['a text that is followed by something else', '"cpu" :'],
    ['a text without an end', '"cpu'],
    ['a text whose follower is not at hand', '"cpu"'],
    ['what is no text', 'cpu":'],
    ['nothing', ''],
    ['a text that is too long', `"${'x'.repeat(126)}":`],
  ])('takes no number for %s', (_what, text) => {
    const table = new TextTable(64, COLON);
    expect(table.find(windowOf(text), 0)).toBe(UNKNOWN);
    expect(table.texts).toEqual([]);
  });

  it('takes the longest text', () => {
    expect(new TextTable(64, COLON).find(windowOf(`"${'x'.repeat(125)}":`), 0)).toBe(0);
  });

  it('is full at its capacity, and knows what it has then', () => {
    const table = new TextTable(16, COLON);
    const texts = Array.from({ length: 40 }, (_item, index) => `"key_${index}":`);
    const ids = texts.map((text) => table.find(windowOf(text), 0));
    expect(table.isFull).toBe(true);
    expect(ids.filter((id) => id !== UNKNOWN)).toHaveLength(16);
    expect(texts.map((text) => table.find(windowOf(text), 0))).toEqual(ids);
  });
});

describe('the end of a value', () => {
  it.each(['"a\\"b"', '"\\\\"', '{}', '[{"a":"]}"},[]]', '{"a":[1,{"b":2}]}'])(
    'is found: %s',
    (json) => {
      expect(valueEnd(Buffer.from(`${json},1`), 0, json.length + 2)).toBe(json.length);
      for (let end = 0; end < json.length; end++) {
        expect(valueEnd(Buffer.from(json), 0, end)).toBe(INCOMPLETE);
      }
    },
  );

  it.each(['1', '-1.5e3', 'true', 'null'])('of %s is where something follows', (json) => {
    for (const after of [',', '}', ']', ' ', '\n']) {
      const bytes = Buffer.from(json + after);
      expect(valueEnd(bytes, 0, bytes.length)).toBe(json.length);
    }
    expect(valueEnd(Buffer.from(json), 0, json.length)).toBe(INCOMPLETE);
  });

  it('is not looked for where a value is nested too deep for some place in a page', () => {
    const deep = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels));
    expect(valueEnd(deep(997), 0, 1994)).toBe(1994);
    expect(() => valueEnd(deep(998), 0, 1996)).toThrow(Surprise);
  });
});

describe('sums', () => {
  it('are exact, however large', () => {
    const value = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.constantFrom(0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n),
    );
    const entry = fc.tuple(fc.nat({ max: 200 }), value);
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
        const sums = new ExactSums();
        const expected = new Map<number, bigint>();
        for (const [index, added] of entries) {
          sums.add(index, lowHalf(added), highHalf(added));
          expected.set(index, (expected.get(index) ?? 0n) + added);
        }
        for (let index = 0; index <= 400; index++) {
          expect(sums.get(index)).toBe(expected.get(index) ?? 0n);
        }
      }),
    );
  });

  it('are made of halves that make a number again', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 100n }), (value) => {
        expect(joinHalves(lowHalf(value), highHalf(value))).toBe(value);
      }),
    );
  });
});

describe('a record', () => {
  function scan(json: string) {
    const texts = new PageTexts();
    const builder = new RecordBuilder(texts);
    const window = windowOf(json);
    const end = new RecordScanner(window, texts, builder).scan(0);
    return { end, records: builder.take() };
  }

  it.each([
    '{}',
    '{"cpu":{"value":3600,"unit":"seconds"},"logical_cluster_id":"lc-1"}',
    '{"cpu":{"value":18446744073709551615,"unit":"b"}}',
    '{"cpu":{"value":1.5,"unit":"b"},"meta":{"a":[1,"}"]},"b":null,"c":-0}',
    '{"cpu":{"unit":"b","value":1},"mem":{"value":1,"unit":"b","x":2},"text":"\\u00e9é"}',
    '{"value":1,"unit":"b"}',
  ])('is usual: %s', (json) => {
    const { end, records } = scan(`${json},`);
    expect(end).toBe(Buffer.byteLength(json));
    expect(records).toHaveLength(1);
  });

  it.each([
    '{"a": 1}',
    '{ "a":1}',
    '{"a":1 }',
    '{"a":1,"a":2}',
    '{"":1}',
    '{"é":1}',
    '{"__proto__":1}',
    '{"a":1',
    '{"a":{"value":1,"unit":"b"}',
    '{"a":"b',
    '[]',
    '["a":1}',
    '"}',
    '1',
    '',
  ])('is unusual: %s', (json) => {
    expect(scan(json)).toEqual({ end: UNUSUAL, records: [] });
  });

  it.each([
    '{"a":{"value";1,"unit":"b"}}',
    '{"a":{"value":,"unit":"b"}}',
    '{"a":{"value":01,"unit":"b"}}',
    '{"a":{"value":1;"unit":"b"}}',
    '{"a":{"value":1,"unit";"b"}}',
  ])('has no member that is no JSON: %s', (json) => {
    expect(() => scan(json)).toThrow(FormatError);
  });
});
