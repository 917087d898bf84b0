// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are what is tested
import { type ConfigFormat, parseConfig } from '@metering/config';
import { describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

const S3_FILE = `type: s3
region: us-west-2
bucket: my-bucket
prefix: metering-data
shared-pool-id: shared-pool-001
aws:
  assume-role-arn: arn:aws:iam::123456789012:role/MeteringRole
  s3-force-path-style: false
`;
const OSS_FILE = `{
  "type": "oss",
  "region": "oss-cn-hangzhou",
  "bucket": "my-bucket",
  "prefix": "metering-data",
  "shared-pool-id": "shared-pool-002",
  "oss": {
    "assume-role-arn": "acs:ram::123456789012:role/MeteringRole"
  }
}`;
const LOCALFS_FILE = `type = "localfs"
prefix = "metering-data"
shared-pool-id = "shared-pool-003"

[localfs]
base-path = "/tmp/metering-data"
create-dirs = true
permissions = "0755"
`;

describe('parseConfig', () => {
  it('reads YAML', async () => {
    expect(await parseConfig(S3_FILE, 'yaml')).toEqual({
      type: 's3',
      region: 'us-west-2',
      bucket: 'my-bucket',
      prefix: 'metering-data',
      sharedPoolId: 'shared-pool-001',
      aws: {
        assumeRoleArn: 'arn:aws:iam::123456789012:role/MeteringRole',
        s3ForcePathStyle: false,
      },
    });
  });

  it('reads JSON, and ignores what tells an editor the schema', async () => {
    const text = OSS_FILE.replace('{', '{ "$schema": "./schema.json",');
    expect(await parseConfig(text, 'json')).toEqual({
      type: 'oss',
      region: 'oss-cn-hangzhou',
      bucket: 'my-bucket',
      prefix: 'metering-data',
      sharedPoolId: 'shared-pool-002',
      oss: { assumeRoleArn: 'acs:ram::123456789012:role/MeteringRole' },
    });
  });

  it('reads TOML', async () => {
    expect(await parseConfig(LOCALFS_FILE, 'toml')).toEqual({
      type: 'localfs',
      prefix: 'metering-data',
      sharedPoolId: 'shared-pool-003',
      localfs: { basePath: '/tmp/metering-data', createDirs: true, permissions: '0755' },
    });
  });

  it('reads everything about a role, and credentials', async () => {
    const role = `assume-role-arn: arn
  external-id: id
  session-name: name
  duration-seconds: 3600
  sts-endpoint: https://sts.example.com
  access-key: key
  secret-access-key: secret
  session-token: token`;
    const section = {
      assumeRoleArn: 'arn',
      externalId: 'id',
      sessionName: 'name',
      durationSeconds: 3600,
      stsEndpoint: 'https://sts.example.com',
      accessKey: 'key',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    };
    const aws = await parseConfig(`type: s3\nbucket: b\naws:\n  ${role}`, 'yaml');
    expect(revealed(aws)).toEqual({ type: 's3', bucket: 'b', aws: section });
    const oss = await parseConfig(`type: oss\nbucket: b\noss:\n  ${role}`, 'yaml');
    expect(revealed(oss)).toEqual({ type: 'oss', bucket: 'b', oss: section });
  });

  it('makes missing folders unless told otherwise: the reference does not, in files', async () => {
    expect(await parseConfig('type: localfs\nlocalfs:\n  base-path: x', 'yaml')).toEqual({
      type: 'localfs',
      localfs: { basePath: 'x', createDirs: true },
    });
    expect(await parseConfig('type: localfs', 'yaml')).toEqual({
      type: 'localfs',
      localfs: { basePath: './metering-data', createDirs: true },
    });
  });

  it('takes an unquoted scalar of YAML as the text that was typed', async () => {
    const text = `type: localfs
shared-pool-id: 007
localfs:
  base-path: 1e3
  permissions: 0755 # octal`;
    expect(await parseConfig(text, 'yaml')).toEqual({
      type: 'localfs',
      sharedPoolId: '007',
      localfs: { basePath: '1e3', createDirs: true, permissions: '0755' },
    });
    const azure = 'type: azure\nbucket: 0123456789\nregion: true\nazure: {account-name: 1.50}';
    expect(await parseConfig(azure, 'yaml')).toEqual({
      type: 'azure',
      bucket: '0123456789',
      region: 'true',
      azure: { accountName: '1.50' },
    });
    const old = '%YAML 1.1\n---\ntype: s3\nbucket: 2024-01-01\nregion: no\nprefix: 0o17';
    expect(await parseConfig(old, 'yaml')).toMatchObject({
      bucket: '2024-01-01',
      region: 'no',
      prefix: '0o17',
    });
  });

  it('takes what is empty as if it was not given', async () => {
    const text = 'type: s3\nbucket: b\nregion:\nprefix: ""\nendpoint: ~\naws:\noss: null';
    expect(await parseConfig(text, 'yaml')).toEqual({ type: 's3', bucket: 'b' });
  });

  it('follows aliases of YAML, and skips a byte order mark', async () => {
    const text =
      '\ufefftype: s3\nbucket: &name b\nprefix: *name\naws: &a {access-key: *name, secret-access-key: s}';
    expect(await parseConfig(text, 'yaml')).toMatchObject({ prefix: 'b', aws: { accessKey: 'b' } });
    expect(await parseConfig('\ufeff{"type":"s3","bucket":"b"}', 'json')).toMatchObject({
      bucket: 'b',
    });
    expect(await parseConfig('\ufefftype="s3"\nbucket="b"', 'toml')).toMatchObject({ bucket: 'b' });
  });

  it('refuses what is no text and a format that is none', async () => {
    await expect(parseConfig(5 as never, 'json')).rejects.toThrow(TypeError);
    await expect(parseConfig('', 'ini' as never)).rejects.toThrow(TypeError);
  });
});

/** A text, and what is wrong with it: the key, what the message says, and where. */
type Fault = readonly [
  format: ConfigFormat,
  text: string,
  path: string | undefined,
  message: RegExp,
  at?: string,
];

const ALIAS_BOMB = `type: s3
bucket: b
a: &a [x, x, x, x, x, x, x, x, x]
${Array.from('bcdefghijklmnop', (name, index) => {
  const before = 'abcdefghijklmnop'[index];
  return `${name}: &${name} [*${before}, *${before}, *${before}, *${before}, *${before}, *${before}]`;
}).join('\n')}
aws: *p`;

const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
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
    ['yaml', 'type: s3\nbucket: b\n<<: {region: x}', '…', /is unknown/, '3:1'],
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
  'a syntax error': [
    ['yaml', 'type: s3\nbucket: "b', undefined, /not valid YAML: a character is missing/, '2:11'],
    ['yaml', 'type: s3\n\tbucket: b', undefined, /a tab as indentation/, '2:1'],
    ['yaml', 'type: s3\nbucket: b: c', undefined, /second ": " on one line/, '2:9'],
    ['yaml', 'type: s3\nbucket: @b', undefined, /reserved character/, '2:9'],
    ['yaml', 'type: s3\nbucket: *b', undefined, /an alias without its anchor/, '2:9'],
    ['yaml', 'type: s3\nbucket: !secret b', undefined, /a tag that is unknown/, '2:9'],
    ['yaml', 'type: s3\n---\ntype: s3', undefined, /a second document/, '2:1'],
    ['yaml', 'type: s3\n? [a]\n: b', undefined, /a key that is no plain name/, '2:3'],
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

describe('an error of a configuration file says file, key, place, what was found and what was expected', () => {
  const rows = Object.entries(FAULTS).flatMap(([name, faults]) =>
    faults.map((fault) => ({ name, fault })),
  );
  it.each(rows)('$name ($fault.0): $fault.3', async ({ fault }) => {
    const [format, text, path, message, at] = fault;
    const source = `config.${format}`;
    const error = await configError(() => parseConfig(text, format, { source, env: {} }));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(source);
    expect(error).toMatchObject({ source, path });
    expect(error.code).toBe(
      /unknown.*install|third party/.test(error.message) ? 'UNKNOWN_TYPE' : 'INVALID_CONFIG',
    );
    if (at === undefined) return;
    expect(`${error.line}:${error.column}`).toBe(at);
    expect(error.message).toContain(`line ${error.line}, column ${error.column}`);
  });

  it('tells all that is wrong at once', async () => {
    const text = 'type: s3\nregion: [1]\nprefix: /x\nbuket: b\naws: {x: 1, y: 2, access-key: {}}';
    const error = await configError(() => parseConfig(text, 'yaml'));
    expect(error.message).toMatch(
      /region \(line 2, column 9\).*prefix \(line 3, .*buket \(line 4.*\(and 3 more\)/,
    );
  });
});
