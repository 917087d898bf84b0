import type { MeteringKey } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/lib/pages/decode-page.ts';
import { PageTexts } from '../../src/lib/pages/scan/page-texts.ts';
import { scanPlainPage } from '../../src/lib/pages/scan/plain-page.ts';
import { RecordBuilder } from '../../src/lib/pages/scan/record-builder.ts';
import { MINUTE, PAGE } from '../support/files.ts';

const RECORDS =
  '{"logical_cluster_id":"lc-1","cpu":{"value":7,"unit":"seconds"}},{"a":[1,null]},{}';
const HEADER = `"timestamp":${MINUTE},"category":"tidb-server","self_id":"n1","shared_pool_id":"default-shared-pool"`;
const PLAIN = `{${HEADER},"part":0,"parts":1,"data":[${RECORDS}]}`;

function scan(json: string | Uint8Array, meant: MeteringKey = PAGE) {
  const texts = new PageTexts();
  const builder = new RecordBuilder(texts);
  const end = scanPlainPage(Buffer.from(json), meant, texts, builder);
  return end && { ...end, data: builder.take() };
}

describe('a plain page', () => {
  const data = JSON.parse(`[${RECORDS}]`);

  it('is read at once', () => {
    expect(scan(PLAIN)).toEqual({ parts: 1, records: 3, data });
  });

  it('may be one of Go’s, which do not say how many there are', () => {
    expect(scan(PLAIN.replace(',"parts":1', ''))).toEqual({ parts: undefined, records: 3, data });
  });

  it('may be followed by others of its set', () => {
    expect(scan(PLAIN.replace('"parts":1', '"parts":0'))).toEqual({ parts: 0, records: 3, data });
  });

  it('may be any of its set', () => {
    const last = PLAIN.replace('"part":0,"parts":1', '"part":9,"parts":10');
    expect(scan(last, { ...PAGE, part: 9 })).toMatchObject({ parts: 10, records: 3 });
    expect(scan(last, { ...PAGE, part: 1 })).toBeUndefined();
  });

  it('may be any of its set, as long as the size of that is exact', () => {
    const numbered = (part: number) => {
      const json = PLAIN.replace('"part":0,"parts":1', `"part":${part},"parts":${part + 1}`);
      return { json: Buffer.from(json), meant: { ...PAGE, part } };
    };
    const largest = numbered(Number.MAX_SAFE_INTEGER - 1);
    expect(scan(largest.json, largest.meant)).toMatchObject({ records: 3 });
    const beyond = numbered(Number.MAX_SAFE_INTEGER);
    expect(() => decodeBody(beyond.json, 'k', beyond.meant)).toThrow('parts must be');
    expect(scan(beyond.json, beyond.meant)).toBeUndefined();
  });

  it('may have no records', () => {
    const none = PLAIN.replace(RECORDS, '');
    expect(scan(none)).toEqual({ parts: 1, records: 0, data: [] });
  });

  it('may have any names that JSON writes as they are', () => {
    const meant = { ...PAGE, category: 'a b#!+%[]{}:,~', sharedPoolId: "it's" };
    const names = PLAIN.replace('tidb-server', meant.category);
    expect(scan(names.replace('default-shared-pool', meant.sharedPoolId), meant)).toMatchObject({
      records: 3,
    });
  });
});

describe('left to the exact parser is', () => {
  it.each([
    ['another minute', PLAIN.replace(String(MINUTE), String(MINUTE + 60))],
    ['another category', PLAIN.replace('tidb-server', 'tikv-server')],
    ['another instance', PLAIN.replace('"n1"', '"n2"')],
    ['another pool', PLAIN.replace('default-shared-pool', 'shared-pool')],
    ['another page', PLAIN.replace('"part":0', '"part":1')],
    ['another size of the set', PLAIN.replace('"parts":1', '"parts":2')],
    ['a size that is no JSON', PLAIN.replace('"parts":1', '"parts":01')],
    ['a size of another spelling', PLAIN.replace('"parts":1', '"parts":1.0')],
    ['another order', PLAIN.replace('"part":0,"parts":1', '"parts":1,"part":0')],
    ['a field of another', PLAIN.replace('"data"', '"more":1,"data"')],
    ['a field behind the records', `${PLAIN.slice(0, -1)},"more":1}`],
    ['white space before', ` ${PLAIN}`],
    ['white space behind', `${PLAIN}\n`],
    ['white space between', PLAIN.replace('},{', '}, {')],
    ['null for no records', PLAIN.replace(`[${RECORDS}]`, 'null')],
    ['a comma too many', PLAIN.replace(']}', ',]}')],
    ['a comma too few', PLAIN.replace('},{', '}{')],
    ['what is no record', PLAIN.replace('{}]', '7]')],
    ['a key twice', PLAIN.replace('{}]', '{"a":1,"a":2}]')],
    ['JSON that is none', PLAIN.replace('[1,null]', '[1,nul]')],
    ['a value that is nested too deep', PLAIN.replace('[1,null]', '['.repeat(1000))],
    ['a bracket for a brace', `${PLAIN.slice(0, -1)}]`],
    ['a brace for a bracket', `${PLAIN.slice(0, -2)}}}`],
    ['text behind', `${PLAIN}{}`],
    ['nothing', ''],
  ])('%s', (_what, json) => {
    expect(scan(json)).toBeUndefined();
  });

  it('a page that is cut, whatever was read before it', () => {
    for (let end = 0; end < PLAIN.length; end++) {
      expect(scan(PLAIN)).toBeDefined();
      expect(scan(PLAIN.slice(0, end))).toBeUndefined();
    }
  });

  describe.each(['category', 'selfId', 'sharedPoolId'] as const)('a page whose %s', (field) => {
    const named = (name: string) => PLAIN.replace(`"${PAGE[field]}"`, `"${name}"`);

    it('would end in the middle: it says more than its key', () => {
      const name = 'a","x":"b';
      expect(scan(named('a'), { ...PAGE, [field]: 'a' })).toBeDefined();
      expect(scan(named(name), { ...PAGE, [field]: name })).toBeUndefined();
    });

    it('is written with an escape: it says another name', () => {
      const name = 'a\\u0062';
      expect(JSON.parse(`"${name}"`)).toBe('ab');
      expect(scan(named(name), { ...PAGE, [field]: name })).toBeUndefined();
    });

    it('is beyond ASCII: its bytes may be no UTF-8', () => {
      const meant = { ...PAGE, [field]: 'é' };
      expect(scan(named('é'), meant)).toBeUndefined();
      expect(scan(Buffer.from(named('é'), 'latin1'), meant)).toBeUndefined();
    });
  });
});
