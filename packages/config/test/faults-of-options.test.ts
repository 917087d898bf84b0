import { parseConfig } from '@metering/config';
import { describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';
import { type FileFault, testFaults } from './file-faults.ts';

const FAULTS: Readonly<Record<string, readonly FileFault[]>> = {
  'a wrong type': [
    [
      'yaml',
      'type: s3\nbucket: b\naws:\n  s3-force-path-style: yes',
      'aws.s3-force-path-style',
      /must be true or false, found "yes"/,
      '4:24',
    ],
    [
      'yaml',
      'type: s3\nbucket: b\naws: [a]',
      'aws',
      /must be a group of options, found a list/,
      '3:6',
    ],
    [
      'yaml',
      'type: s3\nbucket: {a: b}',
      'bucket',
      /must be a string, found a group of options/,
      '2:9',
    ],
    ['json', '{"type": "s3",\n "bucket": 7}', 'bucket', /must be a string, found 7/, '2:12'],
    [
      'json',
      '{"type": "s3", "bucket": "b",\n "aws": {"s3-force-path-style": "true"}}',
      'aws.s3-force-path-style',
      /must be true or false, found "true"/,
      '2:33',
    ],
    ['json', '{"type": "s3", "bucket": "b", "region": ["x"]}', 'region', /found a list/, '1:41'],
    ['toml', 'type = "s3"\nbucket = 7', 'bucket', /must be a string, found 7/],
    ['toml', 'type = "s3"\nbucket = "b"\naws = "x"', 'aws', /must be a group of options/],
    [
      'yaml',
      'type: s3\nbucket: b\naws: {assume-role-arn: a, duration-seconds: 899}',
      'aws.duration-seconds',
      /an integer from 900 to 43200, found 899/,
      '3:45',
    ],
    [
      'json',
      '{"type": "s3", "bucket": "b", "aws": {"assume-role-arn": "a", "duration-seconds": 9.5}}',
      'aws.duration-seconds',
      /integer/,
      '1:83',
    ],
    ['json', '{"type": 3}', 'type', /must be a string, found 3/, '1:10'],
  ],
  'a TOML date where text belongs': [
    ['toml', 'type = "s3"\nbucket = 2024-01-01', 'bucket', /must be a string, found a date/],
    ['toml', 'type = "s3"\nbucket = 07:32:00', 'bucket', /must be a string, found a date/],
  ],
  'an unknown key, with the nearest known one': [
    [
      'yaml',
      'type: s3\nbucket: b\nshared-pool: p',
      'shared-pool',
      /did you mean shared-pool-id\?/,
      '3:1',
    ],
    [
      'yaml',
      'type: s3\nbucket: b\naws:\n  asume-role-arn: x',
      'aws.asume-role-arn',
      /did you mean assume-role-arn\?/,
      '4:3',
    ],
    [
      'json',
      '{"type": "s3",\n  "sharedPoolId": "p", "bucket": "b"}',
      'sharedPoolId',
      /did you mean shared-pool-id\?/,
      '2:3',
    ],
    [
      'json',
      '{"type": "s3", "bucket": "b", "aws":\n{"access": {"key": [1, {"access-key": 2}]}, "x": 1}}',
      'aws.access',
      /is unknown/,
      '2:2',
    ],
    ['toml', 'type = "s3"\nbuckett = "b"', 'buckett', /did you mean bucket\?/],
    ['yaml', 'type: s3\nbucket: b\ns3: {}', 's3', /did you mean aws\?/, '3:1'],
    ['yaml', 'type: localfs\nfile: {}', 'file', /did you mean localfs\?/, '2:1'],
    [
      'yaml',
      'type: s3\nbucket: b\nwhatever: x',
      'whatever',
      /the options here are type, region, bucket/,
      '3:1',
    ],
    [
      'json',
      '{"type": "s3", "bucket": "b", "__proto__": {"x": 1}}',
      '__proto__',
      /is unknown/,
      '1:31',
    ],
    ['yaml', 'type: s3\nbucket: b\n__proto__: {x: 1}', '__proto__', /is unknown/, '3:1'],
    ['toml', 'type = "s3"\nbucket = "b"\nconstructor = 1', 'constructor', /is unknown/],
    ['yaml', 'type: s3\nbucket: b\n"<<": {region: x}', '…', /is unknown/, '3:1'],
  ],
  'an unknown type, with the package to install': [
    [
      'yaml',
      'bucket: b\ntype: s4',
      'type',
      /"s4" is unknown \(did you mean "s3"\?\).*install @metering\/storage-s3/,
      '2:7',
    ],
    ['json', '{"type": "gcs"}', 'type', /third party.*docs\/writing-a-provider\.md/, '1:10'],
    ['toml', 'type = "file"', 'type', /"file" is unknown/],
  ],
  'something missing': [
    ['yaml', 'region: x\nbucket: b', 'type', /is required: one of s3, oss, azure, localfs/, '1:1'],
    ['yaml', '# nothing\ntype: s3', 'bucket', /is required/, '2:1'],
    ['json', '\n {"type": "azure"}', 'bucket', /is required/, '2:2'],
    ['toml', 'type = "oss"', 'bucket', /is required/],
    ['json', '{}', 'type', /is required/, '1:1'],
    ['toml', '# nothing', 'type', /is required/],
    ['yaml', 'type: ""', 'type', /is required/, '1:7'],
  ],
  'two sections that contradict the type': [
    [
      'yaml',
      'type: s3\nbucket: b\naws: {}\nazure:\n  account-name: a',
      'azure',
      /contradicts the type s3, whose section is aws/,
      '4:1',
    ],
    ['json', '{"type": "localfs", "oss": {}}', 'oss', /contradicts/, '1:21'],
    ['toml', 'type = "oss"\nbucket = "b"\n[aws]', 'aws', /contradicts/],
  ],
  'what means nothing to the type': [
    ['yaml', 'type: localfs\nbucket: b', 'bucket', /is no option of the type localfs/, '2:1'],
  ],
  'bad octal': [
    [
      'yaml',
      'type: localfs\nlocalfs:\n  permissions: "0798"',
      'localfs.permissions',
      /octal, such as "0755", found "0798"/,
      '3:16',
    ],
    [
      'yaml',
      'type: localfs\nlocalfs:\n  permissions: 755',
      'localfs.permissions',
      /octal.*found "755"/,
      '3:16',
    ],
    [
      'json',
      '{"type": "localfs", "localfs": {"permissions": 493}}',
      'localfs.permissions',
      /octal.*found 493/,
      '1:48',
    ],
    [
      'toml',
      'type = "localfs"\nlocalfs.permissions = 0o755',
      'localfs.permissions',
      /octal.*found 493/,
    ],
  ],
  'a prefix that cannot be': [
    ['yaml', 'type: s3\nbucket: b\nprefix: /a', 'prefix', /Go SDK/, '3:9'],
    ['json', '{"type": "s3", "bucket": "b", "prefix": "a//b"}', 'prefix', /Go SDK/, '1:41'],
  ],
  'a shared pool that cannot be': [
    ['yaml', 'type: localfs\nshared-pool-id: a/b', 'shared-pool-id', /without "\/"/, '2:17'],
  ],
  'an access key without its secret: the reference ignores it': [
    [
      'yaml',
      'type: s3\nbucket: b\naws:\n  access-key: k',
      'aws.access-key',
      /no effect without secret-access-key/,
      '4:15',
    ],
    [
      'json',
      '{"type": "oss", "bucket": "b", "oss": {"secret-access-key": "s"}}',
      'oss.secret-access-key',
      /without access-key/,
      '1:61',
    ],
    [
      'toml',
      'type = "s3"\nbucket = "b"\naws.external-id = "x"',
      'aws.external-id',
      /without assume-role-arn/,
    ],
  ],
};

describe('an error of an option in a file says file, key, place, what was found and what was expected', () => {
  testFaults(FAULTS);

  it('tells all that is wrong at once', async () => {
    const text = 'type: s3\nregion: [1]\nprefix: /x\nbuket: b\naws: {x: 1, y: 2, access-key: {}}';
    const error = await configError(() => parseConfig(text, 'yaml'));
    expect(error.message).toMatch(
      /region \(line 2, column 9\).*prefix \(line 3, .*buket \(line 4.*\(and 3 more\)/,
    );
  });
});
