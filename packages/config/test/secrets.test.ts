import { inspect } from 'node:util';
import {
  configFromEnv,
  defineConfig,
  openStorage,
  parseConfig,
  parseUri,
  Secret,
  toUri,
} from '@metering/config';
import type { StorageDriver } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { acmeDriver } from './acme-driver.ts';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

const PLANTED = 'pl4nTed+/=s3cret';
const ESCAPED = encodeURIComponent(PLANTED);

/** Every way in which a value gets into a log. */
function outputs(value: unknown): string[] {
  return [
    String(value),
    `${value}`,
    JSON.stringify(value) ?? '',
    JSON.stringify({ ...(value as object) }),
    JSON.stringify(Object.entries(value as object)),
    inspect(value),
    inspect(value, { depth: null, showHidden: true, getters: true, customInspect: false }),
    inspect({ nested: [value] }, { depth: null }),
    String(Object.values(value as object)),
  ];
}

/** An error's outputs, with all that hangs on it. */
function errorOutputs(error: Error): string[] {
  const own = Object.getOwnPropertyNames(error).map((name) =>
    String((error as unknown as Record<string, unknown>)[name]),
  );
  const cause = error.cause instanceof Error ? errorOutputs(error.cause) : [String(error.cause)];
  return [...outputs(error), error.message, `${error.stack}`, ...own, ...cause];
}

function expectNoneShown(texts: readonly string[]): void {
  for (const text of texts) {
    expect(text).not.toContain(PLANTED);
    expect(text).not.toContain(ESCAPED);
    expect(text).not.toContain('pl4nTed');
  }
}

const SECTIONS = {
  s3: { aws: { accessKey: 'id', secretAccessKey: PLANTED, sessionToken: PLANTED } },
  oss: { oss: { accessKey: 'id', secretAccessKey: PLANTED, sessionToken: PLANTED } },
  azure: { azure: { accountName: 'n', accountKey: PLANTED, sasToken: PLANTED } },
  acme: { acme: { apiKey: PLANTED } },
} as const;

const drivers = [acmeDriver] as const;

describe('a secret', () => {
  it('comes out by reveal() alone', () => {
    const secret = new Secret(PLANTED);
    expect(secret.reveal()).toBe(PLANTED);
    for (const shown of [String(secret), `${secret}`, inspect(secret)]) {
      expect(shown).toBe('***');
    }
    expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
    expect(inspect({ secret })).toBe('{ secret: *** }');
    expectNoneShown([...outputs(secret), inspect(structuredClone(secret))]);
    expect(() => new Secret(5 as never)).toThrow(TypeError);
  });

  it.each(Object.entries(SECTIONS))(
    'of a configuration of type %s shows as ***',
    (type, section) => {
      const config = defineConfig({ type, bucket: 'b', ...section } as never, { drivers });
      expectNoneShown(outputs(config));
      for (const shown of [String(config), JSON.stringify({ ...config }), inspect(config)]) {
        expect(shown).toContain('***');
      }
      const uri = toUri(config, { secrets: 'redact', drivers });
      expect(uri).toContain('***');
      expectNoneShown([uri]);
      expect(toUri(config, { secrets: 'include', drivers })).toContain(ESCAPED);
      expectNoneShown(
        outputs(parseUri(toUri(config, { secrets: 'include', drivers }), { drivers })),
      );
    },
  );

  it('does not show in the error of a URI', async () => {
    const secret = `access-key=id&secret-access-key=${ESCAPED}&session-token=${ESCAPED}`;
    const uris = [
      `s3://?${secret}`,
      `s4://b?${secret}`,
      `s3:/b?${secret}`,
      `b?${secret}`,
      `s3://b?${secret}&x=1`,
      `s3://b?${secret}&${PLANTED}`,
      `s3://b?${secret}#`,
      `s3://b?${secret}&${secret}`,
      `s3://b?${secret}%`,
      `s3://b?secret-access-key=${ESCAPED}`,
      `s3://b?secret-acces-key=${ESCAPED}`,
      `s3://b?access-key=id&secret-access-key=${ESCAPED}%0A`,
      `s3://id:${PLANTED}@b`,
      `s3://b:${PLANTED}`,
      `s3://b?account-key=${ESCAPED}`,
      `azure://c?account-key=${ESCAPED}`,
      `azure://c?account-name=n&sas-token=sv=1&sig=${PLANTED}`,
      `s3://b?endpoint=https://u:${PLANTED}@h`,
      `acme://b?api-key=${ESCAPED}&retries=x`,
    ];
    for (const uri of uris) {
      expectNoneShown(errorOutputs(await configError(() => parseUri(uri, { drivers }))));
      expectNoneShown(
        errorOutputs(await configError(() => configFromEnv({ METERING_STORAGE_URI: uri }))),
      );
      expectNoneShown(
        errorOutputs(await configError(() => openStorage(uri as string, [acmeDriver]))),
      );
    }
  });

  // Each of them was taken into the bucket, the prefix or another option, and shown with that.
  it.each([
    `s3://b&secret-access-key=${PLANTED}`,
    `s3://b/p&access-key=id&secret-access-key=${PLANTED}`,
    `s3://b/a//b&secret-access-key=${PLANTED}`,
    `s3://b/p;session-token=${PLANTED}`,
    `s3://b?region=r?access-key=id?secret-access-key=${PLANTED}`,
    `s3://b?region=r;access-key=id;secret-access-key=${PLANTED}`,
    `s3://b?s3-force-path-style=true?secret-access-key=${PLANTED}`,
    `s3://b?access-key=id?secret-access-key=${PLANTED}`,
    `s3://b/p&account-key=${PLANTED}`,
    `file:///data&api-key=${PLANTED}`,
    `s3://b/p&Secret-Access-Key=${PLANTED}`,
    `s3://b/p&secret_access_key=${PLANTED}`,
    `s3://b/secret-access-key=${PLANTED}`,
    `s3://b?access-key=idsecret-access-key=${PLANTED}`,
    `s3://b?region=r,session-token=${PLANTED}`,
    `azure://c?account-name=nsas-token=sv%3D1%26sig%3D${ESCAPED}`,
  ])('is refused where a wrong separator stands before it: %s', async (uri) => {
    for (const call of [
      () => parseUri(uri, { drivers }),
      () => configFromEnv({ METERING_STORAGE_URI: uri }, { drivers }),
    ]) {
      const error = await configError(call);
      expect(error).toMatchObject({
        code: 'INVALID_URI',
        path: expect.stringMatching(/-(key|token)$/),
      });
      expect(error.message).toMatch(/is no parameter where it stands/);
      expectNoneShown(errorOutputs(error));
    }
  });

  it('is one also where its text looks like another parameter', () => {
    const text = 'x?session-token=y';
    expect(revealed(parseUri(`s3://b?access-key=id&secret-access-key=${text}`))).toMatchObject({
      aws: { secretAccessKey: text },
    });
    const config = defineConfig({ type: 's3', bucket: 'b', prefix: 'a&secret-access-key=b' });
    expect(parseUri(toUri(config, { secrets: 'include' }))).toEqual(config);
  });

  it.each([
    `u:${PLANTED}@h:9000`,
    `//u:${PLANTED}@h`,
    `https:/u:${PLANTED}@h`,
    `h/?sig=${PLANTED}`,
  ])('is not taken with an endpoint, with or without a scheme: %s', async (endpoint) => {
    const role = { accessKey: 'id', secretAccessKey: 's', assumeRoleArn: 'a' };
    for (const call of [
      () => defineConfig({ type: 'oss', bucket: 'b', endpoint }),
      () => defineConfig({ type: 's3', bucket: 'b', aws: { ...role, stsEndpoint: endpoint } }),
      () => defineConfig({ type: 'oss', bucket: 'b', oss: { ...role, stsEndpoint: endpoint } }),
    ]) {
      const error = await configError(call);
      expect(error.path).toMatch(/endpoint$/i);
      expect(error.message).toMatch(/without user info and query/);
      expectNoneShown(errorOutputs(error));
    }
  });

  it('does not show in the error of a file', async () => {
    const section = `aws: {access-key: id, secret-access-key: ${PLANTED}, session-token: "${PLANTED}"}`;
    const yamls = [
      `type: s3\n${section}`,
      `type: s4\n${section}`,
      `type: azure\nbucket: b\n${section}`,
      `type: s3\nbucket: b\naws: {secret-access-key: ${PLANTED}}`,
      `type: s3\nbucket: b\naws: {secret-access-key: [${PLANTED}]}`,
      `type: s3\nbucket: b\naws: {secret-access-key: {a: ${PLANTED}}}`,
      `type: s3\nbucket: b\naws: {secret-access-key:${PLANTED}}`,
      `type: s3\nbucket: b\naws: ${PLANTED}`,
      `type: s3\nbucket: b\naws:\n  secret-acess-key: ${PLANTED}`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: "${PLANTED}`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: "${PLANTED}\\q"`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: |${PLANTED}`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: |\n    ${PLANTED}`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: !${PLANTED} x`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: *${PLANTED}`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: ${PLANTED}: x`,
      `type: s3\nbucket: b\naws:\n  secret-access-key:${PLANTED}\n  a: b`,
      `type: s3\nbucket: b\naws:\n  secret-access-key: @${PLANTED}`,
      `type: s3\nbucket: b\naws: {secret-access-key,pl4nTed}`,
      `type: s3\nbucket: b\naws: {secret-access-key:,pl4nTed}`,
      `type: s3\nbucket: b\naws: {secret-access-keypl4nTed}`,
      `type: s3\nbucket: b\naws:\n  ? pl4nTed\n`,
      `%${PLANTED}\n---\na: b`,
      PLANTED,
    ];
    for (const text of yamls) {
      expectNoneShown(errorOutputs(await configError(() => parseConfig(text, 'yaml'))));
    }
    const jsons = [
      `{"type":"s3","aws":{"secret-access-key":"${PLANTED}"}}`,
      `{"type":"s3","bucket":"b","aws":{"secret-access-key":"${PLANTED}}`,
      `{"type":"s3","bucket":"b","aws":{"secret-access-key":["${PLANTED}"]}}`,
      `{"type":"s3","bucket":"b","aws":{"secret-acces-key":"${PLANTED}"}}`,
      `{"type":"s3","bucket":"b","aws":{"secret-access-key":"${PLANTED}" x}}`,
      `{"aws":{"secret-access-key":'${PLANTED}'}}`,
      `"${PLANTED}"`,
    ];
    for (const text of jsons) {
      expectNoneShown(errorOutputs(await configError(() => parseConfig(text, 'json'))));
    }
    const tomls = [
      `type="s3"\naws.secret-access-key="${PLANTED}"`,
      `type="s3"\nbucket="b"\naws.secret-access-key="${PLANTED}`,
      `type="s3"\nbucket="b"\naws.secret-access-key=${PLANTED}`,
      `type="s3"\nbucket="b"\naws.secret-access-key=["${PLANTED}"]`,
      `type="s3"\nbucket="b"\naws.secret-access-key="${PLANTED}" x`,
      `type="s3"\nbucket="b"\naws.secret-access-key="${PLANTED}\\q"`,
      `aws.secret-access-key="${PLANTED}"\naws.secret-access-key="${PLANTED}"`,
    ];
    for (const text of tomls) {
      expectNoneShown(errorOutputs(await configError(() => parseConfig(text, 'toml'))));
    }
  });

  it.each(['0421337', '421337e', '421337e999'])(
    'does not show where its quotes are missing, as a number that JSON does not have: %s',
    async (number) => {
      const text = `{"type":"s3","bucket":"b","aws":{"access-key":"a","secret-access-key":${number}}}`;
      const error = await configError(() => parseConfig(text, 'json'));
      expect(error.message).toMatch(/\(line 1, column 71\): .* a number, malformed or too large$/);
      for (const output of errorOutputs(error)) expect(output).not.toContain('421337');
    },
  );

  it('does not show in the error of an object, or of what opens it', async () => {
    const aws = { accessKey: 'id', secretAccessKey: PLANTED, sessionToken: new Secret(PLANTED) };
    const config = { type: 's3', bucket: 'b', aws } as const;
    const failing: StorageDriver = { type: 's3', open: (opened) => Promise.reject(opened) };
    const calls = [
      () => openStorage(config, []),
      () => openStorage({ ...config, type: 's5' } as never, []),
      () => defineConfig({ ...config, bucket: '' }),
      () => defineConfig({ ...config, region: new Secret(PLANTED) } as never),
      () => defineConfig({ ...config, aws: { ...aws, secretAccessKey: `${PLANTED}\n` } }),
      () => defineConfig({ ...config, aws: { secretAccessKey: PLANTED } }),
      () =>
        toUri(
          { ...config, aws: { ...aws, assumeRoleArn: 'a', externalId: 'x' } },
          { secrets: 'include' },
        ),
    ];
    for (const call of calls) expectNoneShown(errorOutputs(await configError(call)));
    const opened = await openStorage(config, [failing]).catch((reason: unknown) => reason);
    expectNoneShown(outputs(opened));
  });
});
