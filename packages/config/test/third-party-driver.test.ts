import {
  configJsonSchema,
  defineConfig,
  openStorage,
  parseConfig,
  parseUri,
  toUri,
} from '@metering/config';
import { createMemoryStorage, type StorageDriver } from '@metering/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { acmeDriver, openings } from './acme-driver.ts';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

const drivers = [acmeDriver] as const;
const CONFIG = {
  type: 'acme',
  bucket: 'vault',
  prefix: 'a/b',
  acme: { apiKey: 'planted', tier: 'cold', retries: 3 },
};

describe("a third party's driver", () => {
  it('works in URIs, and back', () => {
    const config = parseUri('acme://vault/a/b?api-key=planted&storage-tier=cold&retries=3', {
      drivers,
    });
    expect(revealed(config)).toEqual(CONFIG);
    expect(toUri(config, { secrets: 'redact', drivers })).toBe(
      'acme://vault/a/b?api-key=***&retries=3&tier=cold',
    );
    const uri = toUri(config, { secrets: 'include', drivers });
    expect(revealed(parseUri(uri.replace('acme:', 'ACME+TLS:'), { drivers }))).toEqual(CONFIG);
  });

  it('has no -0, which a URI could not give back', () => {
    const config = parseUri('acme://vault?api-key=k&retries=-0', { drivers });
    expect(revealed(config)).toEqual({
      type: 'acme',
      bucket: 'vault',
      acme: { apiKey: 'k', retries: 0 },
    });
  });

  it('works in files of all three languages, and in objects', async () => {
    const yaml =
      'type: acme\nbucket: vault\nprefix: a/b\nacme: {api-key: planted, tier: cold, retries: 3}';
    const json =
      '{"type":"acme","bucket":"vault","prefix":"a/b","acme":{"api-key":"planted","tier":"cold","retries":3}}';
    const toml =
      'type="acme"\nbucket="vault"\nprefix="a/b"\n[acme]\napi-key="planted"\ntier="cold"\nretries=3';
    expect(revealed(await parseConfig(yaml, 'yaml', { drivers }))).toEqual(CONFIG);
    expect(revealed(await parseConfig(json, 'json', { drivers }))).toEqual(CONFIG);
    expect(revealed(await parseConfig(toml, 'toml', { drivers }))).toEqual(CONFIG);
    const config = defineConfig(
      {
        type: 'acme',
        bucket: 'vault',
        prefix: 'a/b',
        acme: { apiKey: 'planted', tier: 'cold', retries: 3 },
      },
      { drivers },
    );
    expect(revealed(config)).toEqual(CONFIG);
    expect(JSON.stringify(config)).not.toContain('planted');
  });

  it('works in errors', async () => {
    const cases: [() => unknown, string, RegExp][] = [
      [() => parseUri('acme://v?api-key=k&ter=x', { drivers }), 'ter', /did you mean tier\?/],
      [
        () => parseUri('acme://v?api-key=k&retries=11', { drivers }),
        'retries',
        /from 0 to 10, found "11"/,
      ],
      [
        () => parseUri('acme://v?api-key=k&verify=true', { drivers }),
        'verify',
        /use a file or an object/,
      ],
      [() => parseUri('acme://?api-key=k', { drivers }), 'bucket', /is required/],
      [() => parseUri('acme://v', { drivers }), 'api-key', /is required/],
      [() => parseUri('s3://b?api-key=planted', { drivers }), 'api-key', /of s3, but of acme/],
      [() => parseUri('acm://b', { drivers }), 'scheme', /did you mean "acme"\?/],
      [() => parseConfig('type: acme\nbucket: b', 'yaml', { drivers }), 'acme.api-key', /required/],
      [
        () => parseConfig('type: s3\nbucket: b\nacme: {}', 'yaml', { drivers }),
        'acme',
        /contradicts/,
      ],
      [
        () => parseConfig('type: acme', 'yaml'),
        'type',
        /"acme" is unknown.*driver of a third party/,
      ],
      [
        () =>
          toUri({ ...CONFIG, acme: { apiKey: 'k', verify: true } } as never, {
            secrets: 'include',
            drivers,
          }),
        'acme.verify',
        /No URI can hold/,
      ],
    ];
    for (const [call, path, message] of cases) {
      const error = await configError(call);
      expect(error.path).toBe(path);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('planted');
    }
  });

  it('is opened with its section, the observers and the signal; the prefix is applied outside', async () => {
    const logger = console;
    const onEvent = () => undefined;
    const { signal } = new AbortController();
    const storage = await openStorage('acme://vault/a/b?api-key=k&retries=2', drivers, {
      logger,
      onEvent,
      signal,
    });
    const opening = openings.at(-1)!;
    expect(opening).toMatchObject({ bucket: 'vault', apiKey: 'k', retries: 2 });
    expect(opening.logger).toBe(logger);
    expect(opening.onEvent).toBe(onEvent);
    expect(opening.signal).toBe(signal);
    await storage.put('key', new Uint8Array(1));
    expect(await opening.storage.head('a/b/key')).toMatchObject({ size: 1 });
  });

  it('is typed in the union', () => {
    const config = parseUri('acme://vault?api-key=k', { drivers });
    if (config.type !== 'acme') throw new Error('Another type');
    expectTypeOf(config.acme.retries).toEqualTypeOf<number | undefined>();
    expectTypeOf(config.acme.apiKey.reveal()).toEqualTypeOf<string>();
    expect(config.acme.apiKey.reveal()).toBe('k');
  });

  it('leaves the union as it is where its type is inferred, and its open takes little or nothing', async () => {
    const nothing = { type: 'nothing', open: async () => createMemoryStorage() } as const;
    const little = {
      type: 'little',
      open: async ({ bucket }) => {
        expect(bucket).toBeUndefined();
        return createMemoryStorage();
      },
    } as const satisfies StorageDriver;
    const config = parseUri('nothing:///p', { drivers: [nothing, little] });
    expectTypeOf(config.type).toEqualTypeOf<
      's3' | 'oss' | 'azure' | 'localfs' | 'nothing' | 'little'
    >();
    if (config.type === 's3') expectTypeOf(config.bucket).toEqualTypeOf<string>();
    expect(config).toEqual({ type: 'nothing', prefix: 'p' });
    expect((await openStorage('little://', [nothing, little])).name).toBe('memory');
  });

  it('is in the JSON Schema that is made with it', () => {
    const schema = configJsonSchema({ drivers });
    expect(schema).toMatchObject({
      properties: {
        type: { enum: ['s3', 'oss', 'azure', 'localfs', 'acme'] },
        acme: {
          required: ['api-key'],
          properties: { verify: { anyOf: [{ type: 'boolean' }, {}] } },
        },
      },
    });
  });

  it('can be as small as a type and how to open it', async () => {
    const memory: StorageDriver = { type: 'memory', open: async () => createMemoryStorage() };
    const storage = await openStorage('memory://', [memory]);
    expect(storage.name).toBe('memory');
    await openStorage({ type: 'memory' }, [memory]);
  });

  it('can be without a scheme, in files and objects only', async () => {
    const quiet: StorageDriver = { type: 'quiet', schemes: [], open: acmeDriver.open as never };
    const config = await parseConfig('type: quiet', 'yaml', { drivers: [quiet] });
    const error = await configError(() => toUri(config, { secrets: 'include', drivers: [quiet] }));
    expect(error).toMatchObject({ code: 'INVALID_URI', path: 'type' });
    expect(error.message).toMatch(/^No URI can hold type: one without a scheme\. Use/);
  });

  it("takes the format's own name where nobody ships a driver", async () => {
    const gcs: StorageDriver<unknown, 'gcs'> = {
      type: 'gcs',
      schemes: ['gcs', 'gs'],
      open: async () => createMemoryStorage(),
    };
    expect(parseUri('gs://bucket/p', { drivers: [gcs] })).toEqual({
      type: 'gcs',
      bucket: 'bucket',
      prefix: 'p',
    });
  });
});

describe('a driver that cannot stand beside the others is a TypeError', () => {
  const open = async () => createMemoryStorage();
  const cases: Record<string, unknown> = {
    'no list': acmeDriver,
    'no driver': [undefined],
    'no open': [{ type: 'x' }],
    'a type in upper case': [{ type: 'X', open }],
    'two of a type': [acmeDriver, { ...acmeDriver, schemes: ['other'] }],
    'the name of an option': [{ type: 'shared-pool-id', open }],
    'the name of a section': [{ type: 'aws', open }],
    'a scheme that is taken': [{ type: 'x', schemes: ['file'], open }],
    'a scheme that is none': [{ type: 'x', schemes: ['x:'], open }],
    'a section for a built-in type': [{ type: 's3', section: {}, open }],
    'a section that is none': [{ type: 'x', section: [], open }],
    'an option in kebab-case': [{ type: 'x', section: { 'a-b': { type: 'string' } }, open }],
    'a shared option': [{ type: 'x', section: { prefix: { type: 'string' } }, open }],
    'an option without a type': [{ type: 'x', section: { a: {} }, open }],
    'an option that requires nothing that is there': [
      { type: 'x', section: { a: { type: 'string', requires: ['b'] } }, open },
    ],
    'a parameter that is taken': [
      { type: 'x', section: { a: { type: 'string', parameters: ['prefix'] } }, open },
    ],
  };
  it.each(Object.entries(cases))('%s', (_, drivers) => {
    expect(() => parseUri('s3://b', { drivers: drivers as never })).toThrow(TypeError);
  });
});
