// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are fuzzed
import { readFileSync } from 'node:fs';
import {
  type ConfigFormat,
  configFromEnv,
  defineConfig,
  parseConfig,
  parseUri,
  toUri,
} from '@metering/config';
import { ConfigError } from '@metering/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acmeDriver } from './acme-driver.ts';
import { revealed } from './revealed.ts';

const drivers = [acmeDriver] as const;
const vectors: readonly { readonly uri: string }[] = JSON.parse(
  readFileSync(new URL('./vectors/uris.json', import.meta.url), 'utf8'),
);

/** What URIs and files are made of. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    ...[
      's3',
      'oss',
      'azure',
      'localfs',
      'file',
      'acme',
      'gcs',
      '://',
      '/',
      '//',
      '?',
      '&',
      '=',
      '#',
      '@',
    ],
    ...[
      ':',
      '%',
      '%2',
      '%00',
      '%ff',
      '%E4%B8%AD',
      '+',
      '..',
      '\0',
      '\n',
      '\r\n',
      '\t',
      '\ud800',
      '\ufeff',
    ],
    ...[
      'region-id',
      'prefix',
      'secret-access-key',
      'permissions',
      'create-dirs',
      'api-key',
      'true',
      '0755',
    ],
    ...[
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ',',
      '- ',
      '? ',
      ': ',
      '|',
      '>',
      '&a ',
      '*a',
      '!!str ',
      '!x ',
      '%YAML 1.1\n',
    ],
    ...[
      '---\n',
      '...',
      '<<: ',
      '~',
      'null',
      '1e999',
      '0x1',
      '2024-01-01',
      '12:00:00',
      '"""',
      "'''",
      '\\',
      '\\u',
    ],
    ...[
      '[aws]',
      '[[aws]]',
      'aws.',
      '__proto__',
      'constructor',
      'type',
      'bucket',
      'aws',
      '${',
      '${A}',
      '$${',
      ':-',
    ],
  ),
);

/** A text with some of it cut out and something else put in, a few times. */
function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 4 }), piece);
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(edit, { maxLength: 4 }))
    .map(([text, edits]) =>
      edits.reduce((edited, [where, cut, put]) => {
        const at = Math.floor(where * edited.length);
        return edited.slice(0, at) + put + edited.slice(at + cut);
      }, text),
    );
}

const random = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** Fails for everything but a configuration and a `ConfigError`; a configuration stays itself. */
function expectConfig(outcome: unknown): void {
  if (outcome instanceof ConfigError) return;
  if (outcome instanceof Error) throw outcome;
  const config = outcome as ReturnType<typeof parseUri>;
  expect(revealed(defineConfig(config as never, { drivers }))).toEqual(revealed(config));
}

function attempt<T>(call: () => T): T | Error {
  try {
    return call();
  } catch (error) {
    return error as Error;
  }
}

const URIS = [
  ...vectors.map(({ uri }) => uri),
  'acme://vault/a/b?api-key=k&tier=cold&retries=3',
  'azblob://c/p?account-name=n&account-key=a2V5&sas-token=sv%3D1',
];

const FILES: Readonly<Record<ConfigFormat, readonly string[]>> = {
  yaml: [
    'type: s3\nbucket: &a my-bucket\nprefix: *a\naws:\n  access-key: ${A}\n  secret-access-key: "s"\n',
    'type: localfs\nlocalfs: {base-path: /tmp, create-dirs: false, permissions: 0755}',
    '# text\n---\ntype: acme\nbucket: b\nacme:\n  api-key: |-\n    key\n  retries: 3\n',
  ],
  json: [
    '{"type": "s3", "bucket": "b", "aws": {"assume-role-arn": "${A:-x}", "duration-seconds": 900}}',
    '{"$schema": "x", "type": "localfs", "localfs": {"create-dirs": true}}',
  ],
  toml: [
    'type = "oss"\nbucket = "b"\n\n[oss]\naccess-key = "a"\nsecret-access-key = \'\'\'s\'\'\'\n',
    'type = "localfs"\nlocalfs.base-path = "x" # text\nlocalfs.create-dirs = false\n',
  ],
};

const URI_RUNS = 84_000;
const FILE_RUNS = 5_000;

describe('whatever is read gives a configuration or a ConfigError', () => {
  it('URIs', () => {
    fc.assert(
      fc.property(fc.oneof(mutated(URIS), random), (uri) => {
        const config = attempt(() => parseUri(uri, { drivers }));
        expectConfig(config);
        if (config instanceof Error) return;
        const again = parseUri(toUri(config, { secrets: 'include', drivers }), { drivers });
        expect(revealed(again)).toEqual(revealed(config));
      }),
      { numRuns: URI_RUNS },
    );
  });

  it.each(['yaml', 'json', 'toml'] as const)('files in %s', async (format) => {
    const text = fc.oneof({ weight: 3, arbitrary: mutated(FILES[format]) }, random);
    const check = async (content: string) => {
      const options = { drivers, env: { A: 'filled' } };
      expectConfig(await parseConfig(content, format, options).catch((error: unknown) => error));
    };
    await fc.assert(fc.asyncProperty(text, check), { numRuns: FILE_RUNS });
  });

  it('the environment', async () => {
    const check = async (uri: string) => {
      const env = { METERING_STORAGE_URI: uri };
      expectConfig(await configFromEnv(env, { drivers }).catch((error: unknown) => error));
    };
    await fc.assert(fc.asyncProperty(random, check), { numRuns: 1_000 });
  });
});
