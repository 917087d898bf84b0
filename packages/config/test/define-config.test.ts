import {
  type AwsSection,
  defineConfig,
  type LocalFsConfig,
  type S3Config,
  Secret,
  type StorageConfig,
} from '@metering/config';
import type { DriverConfig, StorageDriver } from '@metering/core';
import type { LocalFsSection as LocalFsDriverSection } from '@metering/storage-localfs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type AcmeSection, acmeDriver } from './acme-driver.ts';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

describe('defineConfig', () => {
  it('completes what has a default and hides what is secret', () => {
    expect(defineConfig({ type: 'localfs' })).toEqual({
      type: 'localfs',
      localfs: { basePath: './metering-data', createDirs: true },
    });
    const aws = { accessKey: 'k', secretAccessKey: 's', sessionToken: new Secret('t') };
    const config = defineConfig({ type: 's3', bucket: 'b', region: undefined, aws });
    expect(config.aws?.secretAccessKey).toBeInstanceOf(Secret);
    expect(revealed(config)).toEqual({
      type: 's3',
      bucket: 'b',
      aws: { ...aws, sessionToken: 't' },
    });
  });

  it('takes a checked configuration again, changed or not', () => {
    const config = defineConfig({
      type: 'azure',
      bucket: 'c',
      azure: { accountName: 'n', accountKey: 'k' },
    });
    expect(revealed(defineConfig(config))).toEqual(revealed(config));
    expect(revealed(defineConfig({ ...config, prefix: 'p' }))).toMatchObject({
      prefix: 'p',
      azure: { accountKey: 'k' },
    });
  });

  it('does not change what it is given', () => {
    const input = Object.freeze({ type: 'localfs' as const, localfs: Object.freeze({}) });
    defineConfig(input);
    expect(input).toEqual({ type: 'localfs', localfs: {} });
  });

  it('takes texts as they are', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: objects have no references
    const bucket = '${BUCKET}';
    expect(defineConfig({ type: 's3', bucket })).toMatchObject({ bucket });
  });

  it.each<[unknown, string, RegExp]>([
    [{ type: 's3' }, 'bucket', /is required/],
    [{ type: 's3', bucket: 'b', 'shared-pool-id': 'p' }, 'shared-pool-id', /mean sharedPoolId\?/],
    [{ type: 's3', bucket: 'b', aws: { accessKey: 'k' } }, 'aws.accessKey', /secretAccessKey/],
    [{ type: 's3', bucket: 'b', aws: { sessionToken: 5 } }, 'aws.sessionToken', /found a number/],
    [{ type: 's3', bucket: new Secret('b') }, 'bucket', /found a secret/],
    [{ type: 's3', bucket: () => {} }, 'bucket', /found a function/],
    [{ type: 's3', bucket: 'b\ud800' }, 'bucket', /lone surrogates/],
    [{ type: 's3', bucket: 'b', region: '\ud800' }, 'region', /lone surrogates/],
    [{ type: 'localfs', localfs: { basePath: '\0' } }, 'localfs.basePath', /NUL/],
    [{ type: 'localfs', localfs: new Map() }, 'localfs', /group of options/],
    [{ type: 'S3', bucket: 'b' }, 'type', /did you mean "s3"\?/],
    [null, '', /found nothing/],
    ['s3://b', '', /found a text/],
    [[], '', /found a list/],
    [Promise.resolve({ type: 'localfs' }), '', /found a promise/],
  ])('refuses %j', async (input, path, message) => {
    const error = await configError(() => defineConfig(input as never));
    expect(error).toMatchObject({ path });
    expect(error.message).toMatch(message);
  });
});

describe('the types of a configuration', () => {
  it('are a union by type', () => {
    expectTypeOf<StorageConfig['type']>().toEqualTypeOf<'s3' | 'oss' | 'azure' | 'localfs'>();
    expectTypeOf<Extract<StorageConfig, { type: 's3' }>>().toEqualTypeOf<S3Config>();
    expectTypeOf<S3Config['bucket']>().toEqualTypeOf<string>();
    expectTypeOf<S3Config['aws']>().toEqualTypeOf<AwsSection | undefined>();
    expectTypeOf<LocalFsConfig['localfs']['basePath']>().toEqualTypeOf<string>();
    expectTypeOf<LocalFsConfig['bucket']>().toEqualTypeOf<undefined>();
    expectTypeOf<S3Config>().not.toHaveProperty('localfs');
  });

  it('grow with the drivers given, and not with those of built-in types', () => {
    type Acme = StorageConfig<readonly [typeof acmeDriver]>;
    expectTypeOf<Acme['type']>().toEqualTypeOf<'s3' | 'oss' | 'azure' | 'localfs' | 'acme'>();
    expectTypeOf<Extract<Acme, { type: 'acme' }>['acme']>().toEqualTypeOf<AcmeSection>();
    type Folder = StorageConfig<readonly [StorageDriver<{ basePath?: string }, 'localfs'>]>;
    expectTypeOf<Folder>().toEqualTypeOf<StorageConfig>();
  });

  it('are narrowed to what is typed', () => {
    expectTypeOf(defineConfig({ type: 's3', bucket: 'b' })).toEqualTypeOf<S3Config>();
    expectTypeOf(defineConfig({ type: 'localfs' })).toEqualTypeOf<LocalFsConfig>();
    const drivers = [acmeDriver] as const;
    const config = defineConfig({ type: 'acme', bucket: 'b', acme: { apiKey: 'k' } }, { drivers });
    expectTypeOf(config).toEqualTypeOf<DriverConfig<AcmeSection, 'acme'>>();
  });

  it('refuse mistakes in the editor', async () => {
    const mistakes = [
      // @ts-expect-error a bucket is required
      () => defineConfig({ type: 's3' }),
      // @ts-expect-error there is no such type
      () => defineConfig({ type: 's4', bucket: 'b' }),
      // @ts-expect-error the section of another type
      () => defineConfig({ type: 's3', bucket: 'b', azure: { accountName: 'n' } }),
      // @ts-expect-error no such option
      () => defineConfig({ type: 's3', bucket: 'b', aws: { assumeRole: 'arn' } }),
      // @ts-expect-error not a boolean
      () => defineConfig({ type: 's3', bucket: 'b', aws: { s3ForcePathStyle: 'yes' } }),
      // @ts-expect-error a folder has no bucket
      () => defineConfig({ type: 'localfs', bucket: 'b' }),
      // @ts-expect-error the driver was not given
      () => defineConfig({ type: 'acme', bucket: 'b', acme: { apiKey: 'k' } }),
      () =>
        // @ts-expect-error an option that the driver requires
        defineConfig({ type: 'acme', bucket: 'b', acme: {} }, { drivers: [acmeDriver] }),
    ];
    for (const mistake of mistakes) await configError(mistake);
  });

  it("fit the drivers' own", () => {
    expectTypeOf<LocalFsConfig['localfs']>().toExtend<LocalFsDriverSection>();
  });

  it("hold a driver's schema to its section", () => {
    const open = () => expect.unreachable();
    const drivers: readonly StorageDriver<{ readonly on: boolean }, 'x'>[] = [
      { type: 'x', section: { on: { type: 'boolean', required: true } }, open },
      // @ts-expect-error the section says that it is a boolean
      { type: 'x', section: { on: { type: 'string', required: true } }, open },
      // @ts-expect-error the section says that it is always there
      { type: 'x', section: { on: { type: 'boolean' } }, open },
      // @ts-expect-error an option without a field
      { type: 'x', section: {}, open },
    ];
    expect(drivers).toHaveLength(4);
  });
});
