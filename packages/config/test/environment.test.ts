// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are what is tested
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configFromEnv, parseConfig } from '@metering/config';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

function bucket(text: string, env: Record<string, string | undefined>) {
  return parseConfig(JSON.stringify({ type: 's3', bucket: text }), 'json', { env });
}

describe('references to the environment', () => {
  it.each([
    ['${A}', { A: 'x' }, 'x'],
    ['a-${A}-${B}-c', { A: 'x', B: 'y' }, 'a-x-y-c'],
    ['${A:-x}', {}, 'x'],
    ['${A:-x}', { A: '' }, 'x'],
    ['${A:-x}', { A: 'y' }, 'y'],
    ['x${A:-}', {}, 'x'],
    ['$${A}', { A: 'x' }, '${A}'],
    ['$$${A}', { A: 'x' }, '$${A}'],
    ['$A-$', { A: 'x' }, '$A-$'],
    ['${A}', { A: '${B}', B: 'never' }, '${B}'],
    ['${A}', { A: '$&$1' }, '$&$1'],
  ])('%s with %j is %s', async (text, env, expected) => {
    expect(await bucket(text, env)).toMatchObject({ bucket: expected });
  });

  it.each([
    ['${MISSING}', /bucket .*needs the environment variable MISSING, which is not set/],
    ['${A}${MISSING}', /MISSING/],
    ['${toString}', /toString/],
    ['${', /neither/],
    ['${A', /neither/],
    ['${A-x}', /neither/],
    ['${1}', /neither/],
    ['${}', /neither/],
    ['${A }', /neither/],
  ])('refuses %s', async (text, message) => {
    const error = await configError(() => bucket(text, { A: 'planted' }));
    expect(error).toMatchObject({ path: 'bucket', line: 1 });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('planted');
  });

  it('are read like parameters of a URI where no text belongs, and are absent when empty', async () => {
    const text = `type: \${TYPE}
bucket: b
region: \${EMPTY}
aws:
  s3-force-path-style: \${STYLE}
  assume-role-arn: a
  duration-seconds: \${SECONDS}`;
    const env = { TYPE: 's3', EMPTY: '', STYLE: 'true', SECONDS: '900' };
    expect(await parseConfig(text, 'yaml', { env })).toEqual({
      type: 's3',
      bucket: 'b',
      aws: { s3ForcePathStyle: true, assumeRoleArn: 'a', durationSeconds: 900 },
    });
  });

  it.each([
    ['type: ${X}', 'type'],
    ['type: s3\nbucket: ${X}/b', 'bucket'],
    ['type: s3\nbucket: b\nprefix: //${X}', 'prefix'],
    ['type: s3\nbucket: b\naws: {s3-force-path-style: "${X}"}', 'aws.s3-force-path-style'],
    [
      'type: s3\nbucket: b\naws: {assume-role-arn: a, duration-seconds: "${X}"}',
      'aws.duration-seconds',
    ],
    ['type: localfs\nlocalfs: {permissions: "${X}"}', 'localfs.permissions'],
    ['type: s3\nbucket: b\nendpoint: https://u:${X}@h', 'endpoint'],
    ['type: s3\nbucket: ["${X}"]', 'bucket'],
  ])('never show what they hold: %s', async (text, path) => {
    const error = await configError(() => parseConfig(text, 'yaml', { env: { X: 'planted' } }));
    expect(error.path).toBe(path);
    expect(`${error.stack}`).not.toContain('planted');
  });
});

describe('configFromEnv', () => {
  it("reads the reference's own variable", async () => {
    const METERING_STORAGE_URI =
      's3://prod-metering-bucket/data?region-id=us-west-2&assume-role-arn=arn:aws:iam::123456789012:role/MeteringRole';
    expect(await configFromEnv({ METERING_STORAGE_URI, METERING_STORAGE_CONFIG: '' })).toEqual({
      type: 's3',
      bucket: 'prod-metering-bucket',
      prefix: 'data',
      region: 'us-west-2',
      aws: { assumeRoleArn: 'arn:aws:iam::123456789012:role/MeteringRole' },
    });
  });

  it('reads a file, whose references it fills from the same environment', async () => {
    const METERING_STORAGE_CONFIG = join(await temporaryFolder(), 'storage.yaml');
    await writeFile(
      METERING_STORAGE_CONFIG,
      'type: s3\nbucket: b\naws: {access-key: k, secret-access-key: "${KEY}"}',
    );
    const config = await configFromEnv({ METERING_STORAGE_CONFIG, KEY: 's' });
    expect(revealed(config)).toMatchObject({ aws: { secretAccessKey: 's' } });
  });

  it('needs exactly one of the two', async () => {
    const both = { METERING_STORAGE_URI: 'file:///planted', METERING_STORAGE_CONFIG: 'planted' };
    for (const env of [{}, both, { METERING_STORAGE_URI: '' }]) {
      const { code, message } = await configError(() => configFromEnv(env));
      expect(code).toBe('INVALID_CONFIG');
      expect(message).toMatch(/METERING_STORAGE_URI.*METERING_STORAGE_CONFIG/);
      expect(message).not.toContain('planted');
    }
  });

  it.each([
    ['s3://planted/a//b', 'INVALID_URI'],
    ['s3://planted?access-key=planted', 'INVALID_URI'],
    ['s3://b?region=planted&region=planted', 'INVALID_URI'],
    ['s3://b?force-path-style=planted', 'INVALID_URI'],
    ['s3://user:planted@b', 'INVALID_URI'],
    ['s3://b/%planted', 'INVALID_URI'],
    ['file:///planted?permissions=planted', 'INVALID_URI'],
    ['/planted/storage.yaml', 'INVALID_URI'],
    ['gs://planted', 'UNKNOWN_TYPE'],
  ])('never shows what the variable holds: %s', async (METERING_STORAGE_URI, code) => {
    const error = await configError(() => configFromEnv({ METERING_STORAGE_URI }));
    expect(error).toMatchObject({ code, source: 'METERING_STORAGE_URI' });
    expect(error.message).toContain('METERING_STORAGE_URI');
    expect(`${error.stack}`).not.toContain('planted');
  });

  it('does not show a URI that was put where a path belongs', async () => {
    const env = { METERING_STORAGE_CONFIG: 's3://b?secret-access-key=planted' };
    const error = await configError(() => configFromEnv(env));
    expect(error.message).toMatch(/a URI goes to METERING_STORAGE_URI/);
    expect(`${error.stack}`).not.toContain('planted');
  });
});
