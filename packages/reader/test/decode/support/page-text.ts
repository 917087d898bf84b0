import fc from 'fast-check';
import { MINUTE } from '../../support/files.ts';

/** JSON text of pages as they are, and as nobody should write them. */

const NAMES = ['cpu', 'memory_mb', 'logical_cluster_id', 'network_in_bytes', 'network_out_bytes'];
const ODD_KEYS = [
  '',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '10',
  'value',
  'unit',
  'é',
  '😀',
  '\\u0061',
  'a\\"b',
  '\\\\',
  'cp',
  'cpu ',
  'k'.repeat(123),
  'k'.repeat(125),
  'k'.repeat(126),
];

const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_KEYS) },
);

const integer = fc.oneof(
  fc.nat().map(String),
  fc.maxSafeNat().map(String),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  fc.constantFrom(
    '0',
    '9',
    '99999999',
    '999999999999999',
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '9999999999999999',
    '18446744073709551615',
    '18446744073709551616',
    '1'.repeat(40),
  ),
);

const oddNumber = fc.oneof(
  fc.constantFrom('-0', '-1', '1.0', '1.5', '1e3', '1E-2', '-9007199254740993'),
  fc.constantFrom('007', '00', '+1', '1.', '.5', '1e', '-', '1e999', '0x1', '1_0', 'NaN'),
);

const unit = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('"seconds"', '"MB"', '"bytes"', '"b"') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('""', '"é"', '"\\n"', '5', 'null', '"a b"', '"__proto__"'),
  },
);

const text = fc.oneof(
  fc.constantFrom('"lc-1"', '"lc-0123456789abcdef"', '""', '"a"', '"é"', '"\\u00e9"', '"\\ud83d"'),
  fc.constantFrom('"😀"', '"\\\\"', '"\\""', '"\t"', '"\u007f"', '"{\\"a\\":[1}"', '"lc-1'),
  fc.string({ unit: 'binary', maxLength: 20 }).map((value) => JSON.stringify(value)),
);

const metric = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(integer, unit).map(([value, of]) => `{"value":${value},"unit":${of}}`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(oddNumber, unit).map(([value, of]) => `{"value":${value},"unit":${of}}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(integer, unit)
      .chain(([value, of]) =>
        fc.constantFrom(
          `{"unit":${of},"value":${value}}`,
          `{"value":${value},"unit":${of},"x":1}`,
          `{"value":${value}}`,
          `{"value":${value},"unit":${of},"unit":${of}}`,
          `{ "value": ${value}, "unit": ${of} }`,
          `{"value":"${value}","unit":${of}}`,
        ),
      ),
  },
);

const nested = fc.oneof(
  fc.constantFrom('{}', '[]', 'true', 'false', 'null', '[1,[2,{"a":3}]]', '{"a":{"b":[]}}', 'nul'),
  fc.constantFrom('{"a":1]', '[1,]', '{"a":1,"a":2}', '{"__proto__":{"a":1}}', '[[[[]]]]', '}'),
  integer,
  oddNumber,
);

const value = fc.oneof(
  { weight: 8, arbitrary: metric },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: nested },
);

const colon = fc.oneof(
  { weight: 30, arbitrary: fc.constant(':') },
  { weight: 1, arbitrary: fc.constantFrom(' :', ': ', ':\n', '::', '') },
);

const record = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .uniqueArray(fc.tuple(key, colon, value), { selector: ([name]) => name, maxLength: 6 })
      .map((members) => `{${members.map(([name, is, of]) => `"${name}"${is}${of}`).join(',')}}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"cpu":1,"cpu":2}',
      '{"cpu":{"value":1,"unit":"b"},"cpu":{"value":1,"unit":"b"}}',
      '{"cpu":1,}',
      '{,}',
      '{"cpu"}',
      '{"cpu":}',
      '7',
      'null',
      '[]',
      '{"a" : { "value" : 1 , "unit" : "b" } , "b" : "c" }',
      ' { } ',
    ),
  },
);

const records = fc
  .tuple(fc.array(record, { maxLength: 8 }), fc.constantFrom(',', ',', ',', ',\n  ', ' , '))
  .map(([items, comma]) => `[${items.join(comma)}]`);

const FIELDS = [
  `"timestamp":${MINUTE}`,
  '"category":"tidb-server"',
  '"self_id":"n1"',
  '"shared_pool_id":"default-shared-pool"',
  '"part":0',
  '"parts":1',
];
const ODD_FIELDS = [
  '"parts":0',
  '"parts":2',
  '"part":1',
  '"part":0.0',
  '"category":"tidb\\u002dserver"',
  '"category":"x"',
  '"extra":{"data":[{"a":"}"}]}',
  '"__proto__":[1,{"a":2}]',
  '"data":null',
  '"data":[]',
  '"data":3',
  '"\\u0064ata":[]',
  '',
];

/** A page as we write it, of records of all kinds. */
export const plainPage = records.map((data) => `{${FIELDS.join(',')},"data":${data}}`);

/** A page of any fields in any order. */
const oddPage = fc
  .tuple(
    fc.shuffledSubarray(FIELDS),
    fc.array(fc.constantFrom(...ODD_FIELDS), { maxLength: 2 }),
    records,
    fc.nat({ max: 8 }),
    fc.constantFrom(',', ',', ' ,\r\n\t', ',,'),
    fc.constantFrom('', '', '', '\n', ' {}', '\u0000', ']'),
  )
  .map(([fields, odd, data, at, comma, after]) => {
    const all = [...fields, ...odd];
    return `{${all.toSpliced(at, 0, `"data":${data}`).join(comma)}}${after}`;
  });

export const anyPage = fc.oneof(plainPage, oddPage);

const mutation = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 3 }),
  insert: fc.oneof(
    fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', ' ', '\n').map(utf8),
    fc.constantFrom('null', '{}', ',{}', '"a":1,', '"value":', ',"unit":"b"}').map(utf8),
    fc.uint8Array({ maxLength: 2 }),
  ),
});

/** The bytes of a page, damaged in some places, or cut. */
export const damagedPage = fc
  .tuple(anyPage, fc.array(mutation, { minLength: 1, maxLength: 2 }), fc.boolean(), fc.nat())
  .map(([page, mutations, isCut, end]) => {
    const bytes = mutations.reduce((before, { at, remove, insert }) => {
      const start = at % (before.length + 1);
      return Buffer.concat([before.subarray(0, start), insert, before.subarray(start + remove)]);
    }, Buffer.from(page) as Buffer);
    return isCut ? bytes.subarray(0, end % (bytes.length + 1)) : bytes;
  });

function utf8(part: string): Uint8Array {
  return Buffer.from(part);
}
