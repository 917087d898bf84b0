import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const core = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => join(core, '../../node_modules/.bin', name);
const run = promisify(execFile);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-core-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** What the compiler says of a file of core that holds this source. */
async function compile(name: string, source: string): Promise<string> {
  const config = join(folder, `${name}.json`);
  await writeFile(join(folder, `${name}.ts`), source);
  await writeFile(
    config,
    JSON.stringify({ extends: join(core, 'tsconfig.json'), include: [`./${name}.ts`] }),
  );
  const { stdout } = await run(bin('tsc'), ['-p', config]).catch((error) => error);
  return stdout;
}

describe('the types that core compiles with', () => {
  it('know no module and no global of Node, so that using one is a compile error', async () => {
    const errors = await compile(
      'with-node',
      "import { readFileSync } from 'node:fs';\nexport const used = [readFileSync, Buffer, process];\n",
    );
    for (const name of ["'node:fs'", "'Buffer'", "'process'"]) expect(errors).toContain(name);
  });

  it('know what browsers and Node share', async () => {
    const source =
      'export const used = [TextDecoder, AbortSignal, crypto.randomUUID, setTimeout];\n';
    expect(await compile('without-node', source)).toBe('');
  });
});

describe('a bundle of the built package', () => {
  const build = (entry: string, out: string, ...flags: string[]) =>
    run(
      bin('tsup'),
      [
        entry,
        '--no-config',
        '--silent',
        '--format',
        'esm',
        '--target',
        'es2023',
        '--platform',
        'neutral',
        '-d',
        out,
        ...flags,
      ],
      { cwd: folder },
    );

  beforeAll(async () => {
    await build(join(core, 'src/index.ts'), join(folder, 'dist'));
  });

  /** The text of a bundle that uses the names given. */
  async function bundle(...names: string[]): Promise<string> {
    const entry = join(folder, `${names[0]}-entry.js`);
    await writeFile(entry, `export { ${names.join(', ')} } from './dist/index.js';\n`);
    await build(entry, join(folder, 'out'));
    return readFile(join(folder, 'out', `${names[0]}-entry.js`), 'utf8');
  }

  const PARSER = ['a string without an end', 'TextDecoder'];
  const PROVIDERS = ['asyncDispose', 'WeakMap', 'randomUUID', 'Uint8Array', 'no exclusive create'];
  const ERRORS = ['extends Error', '@metering/error'];

  it('of parseMeteringKey holds no parser, no provider and no error', async () => {
    const text = await bundle('parseMeteringKey');
    expect(text).toContain('metering\\/ru\\/');
    for (const trace of [...PARSER, ...PROVIDERS, ...ERRORS]) expect(text).not.toContain(trace);
  });

  it('of all functions of keys and validation holds no parser and no provider', async () => {
    const text = await bundle(
      'validateMeteringData',
      'validateMetaData',
      'meteringKey',
      'parseMeteringKey',
      'metaKey',
      'parseMetaKey',
      'floorToMinute',
      'DEFAULT_SHARED_POOL_ID',
    );
    expect(text).toContain('INVALID_INPUT');
    for (const trace of [...PARSER, ...PROVIDERS]) expect(text).not.toContain(trace);
  });

  it('of everything holds all of that, and nothing of Node', async () => {
    const text = await readFile(join(folder, 'dist/index.js'), 'utf8');
    for (const trace of [...PARSER, ...PROVIDERS, ...ERRORS]) expect(text).toContain(trace);
    expect(text).not.toMatch(/\bfrom ['"]|\brequire\(|\bimport\(/);
  });
});
