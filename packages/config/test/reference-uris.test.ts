import { readFileSync } from 'node:fs';
import { parseUri, toUri } from '@metering/config';
import { describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

interface Vector {
  readonly uri: string;
  /** What the reference parsed, keys as in files. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('./vectors/uris.json', import.meta.url), 'utf8'),
);
const documentation = readFileSync(
  new URL('../../../docs/configuration.md', import.meta.url),
  'utf8',
);

/** Where the reference loses something or lets it pass: what we keep instead. */
const KEPT: Readonly<Record<string, unknown>> = {
  's3://my-bucket?s3-force-path-style=false&force-path-style=true': {
    type: 's3',
    bucket: 'my-bucket',
    aws: { s3ForcePathStyle: false },
  },
  's3://my-bucket?access-key=AKIA&secret-access-key=a/b+c=': {
    type: 's3',
    bucket: 'my-bucket',
    aws: { accessKey: 'AKIA', secretAccessKey: 'a/b+c=' },
  },
  'file:///tmp/metering?create-dirs=false&permissions=0755': {
    type: 'localfs',
    localfs: { basePath: '/tmp/metering', createDirs: false, permissions: '0755' },
  },
};

/** Or why we refuse it: the error's code, its path, and what it says. */
const REFUSED: Readonly<Record<string, readonly [code: string, path: string, message: RegExp]>> = {
  's3://my-bucket?force-path-style=1': ['INVALID_URI', 'force-path-style', /true or false/],
  's3://my-bucket?force-path-style=TRUE': ['INVALID_URI', 'force-path-style', /true or false/],
  's3://my-bucket?unknown=1': ['INVALID_URI', 'unknown', /is unknown/],
  'localfs:///tmp/metering?create-dirs=FALSE': ['INVALID_URI', 'create-dirs', /true or false/],
  'localfs:///tmp/metering?permissions=abc': ['INVALID_URI', 'permissions', /octal/],
  's3://': ['INVALID_URI', 'bucket', /is required/],
  's3:///path': ['INVALID_URI', 'bucket', /is required/],
  's3://bucket/a//b': ['INVALID_URI', 'prefix', /side by side/],
  's3://bucket//a': ['INVALID_URI', 'prefix', /at its beginning/],
  's3://user:pass@bucket/p': ['INVALID_URI', 'bucket', /user info/],
  's3://bucket:9000/p': ['INVALID_URI', 'bucket', /port/],
  's3://bucket/p#frag': ['INVALID_URI', 'fragment', /%23/],
  's3://bucket?region-id=a&region-id=b': ['INVALID_URI', 'region-id', /twice/],
};

/** What the reference refuses too. */
const UNSUPPORTED: Readonly<Record<string, readonly [code: string, message: RegExp]>> = {
  'gcs://bucket/p': ['UNKNOWN_TYPE', /third party.*docs\/writing-a-provider\.md/],
  'gs://bucket/p': ['UNKNOWN_TYPE', /third party.*docs\/writing-a-provider\.md/],
  'ftp://x/y': ['UNKNOWN_TYPE', /"ftp" is unknown.*@metering\/storage-s3/],
  'my-bucket': ['INVALID_URI', /must begin with a scheme/],
};

describe("the reference's URIs", () => {
  it.each(vectors)('$uri', async ({ uri, config, error }) => {
    const refused = REFUSED[uri];
    const unsupported = UNSUPPORTED[uri];
    if (refused !== undefined) {
      const [code, path, message] = refused;
      const thrown = await configError(() => parseUri(uri));
      expect(thrown).toMatchObject({ code, path, message: expect.stringMatching(message) });
    } else if (unsupported !== undefined) {
      expect(error).toBeDefined();
      const [code, message] = unsupported;
      const thrown = await configError(() => parseUri(uri));
      expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) });
    } else {
      const expected = KEPT[uri] ?? camelCased(config);
      expect(revealed(parseUri(uri))).toEqual(expected);
      expect(revealed(parseUri(toUri(parseUri(uri), { secrets: 'include' })))).toEqual(expected);
    }
  });

  it('are all there, and each difference is one of them and documented', () => {
    const uris = vectors.map(({ uri }) => uri);
    expect(new Set(uris).size).toBe(47);
    for (const uri of [...Object.keys(KEPT), ...Object.keys(REFUSED)]) {
      expect(uris).toContain(uri);
      expect(documentation).toContain(`| \`${uri}\` |`);
    }
  });
});

function camelCased(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).map(([key, member]) => [
    key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    camelCased(member),
  ]);
  return Object.fromEntries(pairs);
}
