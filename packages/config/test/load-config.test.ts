// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are what is tested
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@metering/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('loadConfig', () => {
  it("takes the language from the file's name", async () => {
    const config = { type: 's3', bucket: 'b' };
    expect(await loadConfig(await file('a.yaml', 'type: s3\nbucket: b'))).toEqual(config);
    expect(await loadConfig(await file('b.YML', 'type: s3\nbucket: b'))).toEqual(config);
    expect(await loadConfig(await file('c.json', '{"type":"s3","bucket":"b"}'))).toEqual(config);
    expect(await loadConfig(await file('d.toml', 'type = "s3"\nbucket = "b"'))).toEqual(config);
  });

  it('takes the language that it is told', async () => {
    const path = await file('storage.conf', 'type = "s3"\nbucket = "b"');
    expect(await loadConfig(path, { format: 'toml' })).toEqual({ type: 's3', bucket: 'b' });
    const error = await configError(() => loadConfig(path));
    expect(error).toMatchObject({ code: 'INVALID_CONFIG', source: path });
    expect(error.message).toMatch(/storage\.conf: its name does not end in .*the option format/);
  });

  it("fills in what the environment holds, the process's where none is given", async () => {
    const path = await file('env.yaml', 'type: s3\nbucket: ${BUCKET_OF_A_TEST}');
    expect(await loadConfig(path, { env: { BUCKET_OF_A_TEST: 'b' } })).toMatchObject({
      bucket: 'b',
    });
    process.env.BUCKET_OF_A_TEST = 'c';
    expect(await loadConfig(path)).toMatchObject({ bucket: 'c' });
    delete process.env.BUCKET_OF_A_TEST;
  });

  it('names the file in an error, with the place', async () => {
    const path = await file('wrong.json', '{\n  "type": "s3",\n  "bucket": 1\n}');
    const error = await configError(() => loadConfig(path));
    expect(error).toMatchObject({ source: path, path: 'bucket', line: 3, column: 13 });
    expect(error.message).toContain(path);
  });

  it('refuses what it should not read, without reading it', async () => {
    const directory = join(folder, 'directory.yaml');
    await mkdir(directory);
    const huge = await file('huge.yaml', '');
    await truncate(huge, 100 * 1024 * 1024);
    const binary = await file('binary.yaml', Uint8Array.of(0x74, 0xff, 0xfe));
    const cases: [string, RegExp][] = [
      [directory, /it is a directory/],
      [huge, /larger than 1 MiB/],
      [binary, /not text in UTF-8/],
      ['/dev/null', /not end in/],
      [join(folder, 'none.yaml'), /there is no such file/],
      [join(folder, 'a.yaml', 'b.yaml'), /ENOTDIR/],
      [`${folder}/\0.yaml`, /ERR_INVALID_ARG_VALUE/],
      [await file('empty.yaml', ''), /it is empty/],
    ];
    for (const [path, message] of cases) {
      const error = await configError(() => loadConfig(path));
      expect(error).toMatchObject({ code: 'INVALID_CONFIG', source: path });
      expect(error.message).toMatch(message);
    }
    const device = await configError(() => loadConfig('/dev/zero', { format: 'yaml' }));
    expect(device.message).toMatch(/not a regular file/);
  });

  it.skipIf(process.getuid?.() === 0)('says when it may not read', async () => {
    const path = await file('secret.yaml', 'type: localfs');
    await chmod(path, 0);
    expect((await configError(() => loadConfig(path))).message).toMatch(/permission denied/);
  });

  it('does not show a URI that was taken for a path', async () => {
    const error = await configError(() => loadConfig('s3://b?secret-access-key=planted'));
    expect(error.message).toMatch(/use parseUri/);
    expect(error.message).not.toContain('planted');
    await expect(loadConfig(undefined as never)).rejects.toThrow(TypeError);
  });
});
