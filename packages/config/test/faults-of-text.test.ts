import { describe } from 'vitest';
import { type FileFault, testFaults } from './file-faults.ts';

const ALIAS_BOMB = `type: s3
bucket: b
a: &a [x, x, x, x, x, x, x, x, x]
${Array.from('bcdefghijklmnop', (name, index) => {
  const before = 'abcdefghijklmnop'[index];
  return `${name}: &${name} [*${before}, *${before}, *${before}, *${before}, *${before}, *${before}]`;
}).join('\n')}
aws: *p`;

const FAULTS: Readonly<Record<string, readonly FileFault[]>> = {
  'a syntax error': [
    ['yaml', 'type: s3\nbucket: "b', undefined, /not valid YAML: a character is missing/, '2:11'],
    ['yaml', 'type: s3\n\tbucket: b', undefined, /a tab as indentation/, '2:1'],
    ['yaml', 'type: s3\nbucket: b: c', undefined, /second ": " on one line/, '2:9'],
    ['yaml', 'type: s3\nbucket: @b', undefined, /reserved character/, '2:9'],
    ['yaml', 'type: s3\nbucket: *b', undefined, /an alias without its anchor/, '2:9'],
    ['yaml', 'type: s3\nbucket: !secret b', undefined, /a tag that is unknown/, '2:9'],
    ['yaml', 'type: s3\nbucket: !!binary Yg==', undefined, /"!!binary"/, '2:18'],
    ['yaml', 'type: s3\nbucket: !!binary "Yg=="', undefined, /"!!binary"/, '2:18'],
    ['yaml', '{type: s3, bucket: b, region}', undefined, /a key without ": "/, '1:23'],
    ['yaml', 'type: s3\n? bucket\n', undefined, /a key without ": "/, '2:3'],
    ['yaml', 'type: s3\n---\ntype: s3', undefined, /a second document/, '2:1'],
    ['yaml', 'type: s3\n? [a]\n: b', undefined, /a key that is no plain name/, '2:3'],
    ['yaml', 'type: s3\nbucket: b\n<<: {region: x}', undefined, /a merge key, "<<"/, '3:1'],
    [
      'yaml',
      '%YAML 1.1\n---\ntype: s3\naws: {<<: {a: b}}',
      undefined,
      /write out what it stands for/,
      '4:7',
    ],
    ['yaml', ']', undefined, /not valid YAML/, '1:1'],
    [
      'json',
      '{"type": "s3",}',
      undefined,
      /not valid JSON: expected a key in double quotes, found "}"/,
      '1:15',
    ],
    ['json', '{\n  "type": s3}', undefined, /expected a value, found "s"/, '2:11'],
    ['json', "{'type': 1}", undefined, /not valid JSON/, '1:2'],
    ['toml', 'type = "s3"\nbucket = b', undefined, /not valid TOML: invalid value/, '2:10'],
    ['toml', 'type = "s3"\nbucket: "b"', undefined, /not valid TOML/, '2:7'],
    ['toml', 'type = "s3\n', undefined, /not valid TOML/, '1:11'],
  ],
  'a duplicate key': [
    ['yaml', 'type: s3\nbucket: b\nbucket: c', undefined, /a key that is there twice/, '3:1'],
    [
      'yaml',
      'type: s3\nbucket: b\naws: {access-key: a, "access-key": b}',
      undefined,
      /twice/,
      '3:22',
    ],
    ['json', '{"type": "s3",\n"bucket": "b", "bucket": "c"}', undefined, /"bucket" twice/, '2:16'],
    ['toml', 'type = "s3"\nbucket = "b"\nbucket = "c"', undefined, /redefine/, '3:1'],
  ],
  'no options at all': [
    ['yaml', '', undefined, /it is empty/],
    ['json', ' \n', undefined, /it is empty/],
    ['toml', '\ufeff', undefined, /it is empty/],
    ['yaml', '# only a comment', '', /must be options by their names, found nothing/, '1:1'],
    ['yaml', '- type: s3', '', /found a list/, '1:1'],
    ['yaml', 's3://bucket', '', /found a text that is not shown/, '1:1'],
    ['json', ' ["type"]', '', /found a list/, '1:2'],
    ['json', 'null', '', /found nothing/, '1:1'],
  ],
  'what would blow up': [
    ['yaml', ALIAS_BOMB, 'a', /a \(line 3, column 1\) is unknown/, '3:1'],
    ['yaml', 'a: &a {b: *a}\ntype: s3\nbucket: b\naws: *a', 'a', /is unknown/],
    ['yaml', '{'.repeat(60_000), undefined, /too much for a configuration/],
    ['yaml', '{'.repeat(4_000), undefined, /nested too deeply/, '1:21'],
    ['yaml', '- '.repeat(2_000), undefined, /nested too deeply/],
    ['yaml', '[x,'.repeat(60_000), undefined, /too much for a configuration/],
    ['json', '['.repeat(60_000), undefined, /1000 levels/, '1:1001'],
    ['toml', `a = ${'['.repeat(60_000)}`, undefined, /not valid TOML/],
    ['yaml', '#'.repeat(1024 * 1024 + 1), undefined, /larger than 1 MiB/],
  ],
};

describe('an error of the text of a file says file, place, what was found and what was expected', () => {
  testFaults(FAULTS);
});
