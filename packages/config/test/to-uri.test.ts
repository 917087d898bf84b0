import { defineConfig, parseUri, type StorageConfigInput, toUri } from '@metering/config';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

/** Text that an option takes: anything but control characters. */
const text = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }))
  .filter((value) => !/[\u0000-\u001f\u007f]/.test(value));
const segment = fc
  .oneof(
    fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/),
    fc.constantFrom('a b', '中', 'a:b@c%+#?&='),
  )
  .filter((value) => value !== '.' && value !== '..');
const prefix = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([segments, slash]) => segments.join('/') + (slash ? '/' : ''));
const basePath = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a b/c', '100%', 'x#y?z&=+', '日本/é', '/a//', '\n'),
  )
  .map((path) => `/${path.replaceAll('\0', '')}`);

function optional<T>(values: Record<string, fc.Arbitrary<T>>) {
  return fc.record(values, { requiredKeys: [] });
}
const keys = fc.option(
  fc.record(
    { accessKey: text, secretAccessKey: text, sessionToken: text },
    { requiredKeys: ['accessKey', 'secretAccessKey'] },
  ),
  { nil: {} },
);
const shared = optional({
  region: text,
  prefix,
  endpoint: text.filter((value) => !/[@?]/.test(value)),
  sharedPoolId: segment,
});
const role = optional({ assumeRoleArn: text });
const aws = fc
  .tuple(keys, role, fc.record({ s3ForcePathStyle: fc.boolean() }, { requiredKeys: [] }))
  .map((parts) => Object.assign({}, ...parts));
const azure = fc
  .tuple(
    fc.option(fc.record({ accountName: text, accountKey: text }), { nil: {} }),
    optional({ sasToken: text }),
  )
  .map((parts) => Object.assign({}, ...parts));
const localfs = fc
  .tuple(
    fc.record({ basePath }),
    fc.record({ createDirs: fc.boolean() }, { requiredKeys: [] }),
    optional({ permissions: fc.constantFrom('0755', '0600', '01777') }),
  )
  .map((parts) => Object.assign({}, ...parts));

/** Every configuration that a URI can express. */
const expressible = fc
  .oneof(
    fc.record({ type: fc.constant('s3'), bucket: segment, shared, aws }),
    fc.record({ type: fc.constant('oss'), bucket: segment, shared, oss: keys }),
    fc.record({ type: fc.constant('azure'), bucket: segment, shared, azure }),
    fc.record({
      type: fc.constant('localfs'),
      shared: optional({ prefix, sharedPoolId: segment }),
      localfs,
    }),
  )
  .map(({ shared: common, ...rest }) => ({ ...common, ...rest }) as StorageConfigInput);

describe('toUri', () => {
  it('is lossless: the reference drops the prefix of a folder', () => {
    fc.assert(
      fc.property(expressible, (input) => {
        const config = defineConfig(input);
        expect(revealed(parseUri(toUri(config, { secrets: 'include' })))).toEqual(revealed(config));
      }),
      { numRuns: 2_000 },
    );
  });

  it('writes secrets only when asked', () => {
    const config = parseUri('azure://c?account-name=n&account-key=planted%3D&sas-token=planted');
    expect(toUri(config, { secrets: 'redact' })).toBe(
      'azure://c?account-key=***&account-name=n&sas-token=***',
    );
    expect(toUri(config, { secrets: 'include' })).toBe(
      'azure://c?account-key=planted%3D&account-name=n&sas-token=planted',
    );
    expect(() => toUri(config, {} as never)).toThrow(TypeError);
  });

  it.each<[StorageConfigInput, string]>([
    [{ type: 'localfs', localfs: { basePath: 'data' } }, 'localfs.basePath'],
    [{ type: 'localfs' }, 'localfs.basePath'],
    [{ type: 's3', bucket: 'b', aws: { assumeRoleArn: 'arn', externalId: 'x' } }, 'aws.externalId'],
    [
      { type: 'oss', bucket: 'b', oss: { assumeRoleArn: 'arn', durationSeconds: 900 } },
      'oss.durationSeconds',
    ],
  ])('refuses what no URI can hold: %j', async (config, path) => {
    const error = await configError(() => toUri(config, { secrets: 'include' }));
    expect(error).toMatchObject({ code: 'INVALID_URI', path });
    expect(error.message).toContain(path);
  });
});
