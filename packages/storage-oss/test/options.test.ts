import { describe, expect, it } from 'vitest';
import { createOssDriver, createOssStorage, type OssStorageOptions } from '../src/index.ts';
import { readAddress } from '../src/lib/oss-address.ts';

const client = {} as NonNullable<OssStorageOptions['client']>;
const credentials = { accessKeyId: 'a', accessKeySecret: 'b' };

describe('the spellings of a region and an endpoint come to one address', () => {
  const address = (options: Partial<OssStorageOptions>) => {
    const { endpoint, region } = readAddress({ bucket: 'b', ...options });
    return `${region} ${endpoint}`;
  };

  it.each<[Partial<OssStorageOptions>, string]>([
    [{ region: 'cn-hangzhou' }, 'cn-hangzhou https://oss-cn-hangzhou.aliyuncs.com'],
    [{ region: 'oss-cn-hangzhou' }, 'cn-hangzhou https://oss-cn-hangzhou.aliyuncs.com'],
    [
      { region: 'oss-cn-hangzhou-internal' },
      'cn-hangzhou https://oss-cn-hangzhou-internal.aliyuncs.com',
    ],
    [
      { region: 'oss-cn-hangzhou-internal', internal: true },
      'cn-hangzhou https://oss-cn-hangzhou-internal.aliyuncs.com',
    ],
    [
      { region: 'cn-hangzhou', internal: true },
      'cn-hangzhou https://oss-cn-hangzhou-internal.aliyuncs.com',
    ],
    [
      { endpoint: 'oss-ap-southeast-1.aliyuncs.com' },
      'ap-southeast-1 https://oss-ap-southeast-1.aliyuncs.com',
    ],
    [
      { endpoint: 'https://oss-cn-beijing-internal.aliyuncs.com' },
      'cn-beijing https://oss-cn-beijing-internal.aliyuncs.com',
    ],
    [
      { endpoint: 'http://127.0.0.1:9000', region: 'cn-hangzhou' },
      'cn-hangzhou http://127.0.0.1:9000',
    ],
  ])('%o', (options, expected) => {
    expect(address(options)).toBe(expected);
  });
});

describe('options that cannot be are a TypeError that names them', () => {
  it.each<[string, Partial<OssStorageOptions>, string]>([
    ['no bucket', { bucket: '' }, 'bucket'],
    ['a path for a bucket', { bucket: 'usage/eu', region: 'cn-hangzhou' }, 'withPrefix'],
    ['a bucket in capitals', { bucket: 'Usage', region: 'cn-hangzhou' }, 'bucket'],
    ['a client of another bucket', { client: { ...client, options: { bucket: 'c' } } }, '"c"'],
    ['a client without a bucket', { client: { ...client, options: {} } }, 'client'],
    ['no region', { endpoint: 'http://127.0.0.1:9000' }, 'region'],
    ['a logger without methods', { region: 'cn-hangzhou', logger: {} as never }, 'logger'],
    ['an endpoint that is no address', { endpoint: 'ftp://x' }, 'endpoint'],
    [
      'an STS endpoint that is no address',
      { assumeRoleArn: 'a', stsEndpoint: 'ftp://sts', region: 'cn-hangzhou' },
      'stsEndpoint',
    ],
    ['a key without its secret', { credentials: { accessKeyId: 'a' } as never }, 'accessKeySecret'],
    ['a region beside a client', { client, region: 'cn-hangzhou' }, 'region'],
    ['credentials beside a client', { client, credentials }, 'credentials'],
    ['an external id without a role', { externalId: 'x' }, 'externalId'],
    ['a session that is too short', { assumeRoleArn: 'a', durationSeconds: 60 }, 'durationSeconds'],
    ['no attempts', { attempts: 0 }, 'attempts'],
  ])('%s', (_, options, name) => {
    expect(() => createOssStorage({ bucket: 'b', ...options })).toThrow(TypeError);
    expect(() => createOssStorage({ bucket: 'b', ...options })).toThrow(name);
  });
});

// A misspelt option was as if not given: usage went where nobody looked for it.
describe('an option that there is not is a TypeError that says which there are', () => {
  it.each<[string, (options: never) => unknown, object, string]>([
    [
      'createOssStorage',
      createOssStorage,
      { bucket: 'b', prefx: 'a' },
      'createOssStorage: there is no option prefx, only bucket, region,',
    ],
    [
      'createOssDriver',
      createOssDriver,
      { atempts: 3 },
      'createOssDriver: there is no option atempts, only region,',
    ],
    [
      'createOssDriver, of what a configuration says',
      createOssDriver,
      { bucket: 'b' },
      'createOssDriver: there is no option bucket, only region,',
    ],
  ])('%s', (_, create, options, message) => {
    expect(() => create(options as never)).toThrow(TypeError);
    expect(() => create(options as never)).toThrow(message);
  });

  it.each([undefined, null, 'usage', Promise.resolve({ bucket: 'b' })])(
    'options are an object, not %o',
    (options) => {
      expect(() => createOssStorage(options as never)).toThrow(
        'createOssStorage: options must be an object, got',
      );
    },
  );
});
