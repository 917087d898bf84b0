import { parseConfig } from '@metering/config';
import { describe, expect, it } from 'vitest';
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
