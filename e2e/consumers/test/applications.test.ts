import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { describeOn } from './support/describe-on.ts';
import { type InstalledApp, installApp } from './support/installed-app.ts';
import { run } from './support/run.ts';
import { uriOf } from './support/stores.ts';

const APPS = join(import.meta.dirname, '../apps');
const USAGE = 'acme used 18446744073709551615 bytes\n';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** Installs one of the applications, and more if said. */
async function install(name: string, ...more: readonly string[]): Promise<InstalledApp> {
  const app = await installApp(join(APPS, name), inject('registry'), ...more);
  folders.push(app.folder);
  return app;
}

function node(app: InstalledApp, ...args: readonly string[]): Promise<string> {
  return run('node', args, { cwd: app.folder });
}

describe('an application of ES modules', () => {
  it('writes and reads', async () => {
    expect(await node(await install('esm'), 'main.js')).toBe(USAGE);
  });

  it('writes and reads where optional dependencies are left out', async () => {
    expect(await node(await install('esm', '--omit=optional'), 'main.js')).toBe(USAGE);
  });

  // What is published went through steps that no source did.
  it('writes pages in every way there is, and zlib gives them back', async () => {
    expect(await node(await install('esm'), 'pages.js')).toBe(
      `nothing: 1 pages, 0 records
a record: 1 pages, 1 records
a few records: 1 pages, 20 records
records that are alike: 7 pages, 30000 records
records that are not: 1 pages, 5000 records
`,
    );
  });
});

describe('an application of CommonJS', () => {
  it('writes and reads, with require', async () => {
    expect(await node(await install('commonjs'), 'main.js')).toBe(USAGE);
  });
});

describe('every version of Node that `engines` allows', () => {
  let apps: readonly InstalledApp[];
  beforeAll(async () => {
    apps = [await install('esm'), await install('commonjs')];
  });

  it.each(['20.19.0', '22', '24'])('runs both: %s', async (version) => {
    for (const { folder } of apps) {
      const command = ['-y', '-p', `node@${version}`, 'node', 'main.js'];
      expect(await run('npx', command, { cwd: folder })).toBe(USAGE);
    }
  });
});

describe('an application in TypeScript, strict, with the declarations of every package checked', () => {
  let app: InstalledApp;
  beforeAll(async () => {
    app = await install('typescript');
  });

  it.each(['nodenext', 'bundler'])('compiles in the mode %s, writes and reads', async (mode) => {
    await app.run('tsc', '--project', `tsconfig.${mode}.json`);
    expect(await node(app, `built-${mode}/main.js`)).toBe(
      'acme used {"value":18446744073709551615,"unit":"bytes"}\n',
    );
  });

  it('compiles for a browser, with neither the types of Node nor those of a coming ES', async () => {
    await app.run('tsc', '--project', 'tsconfig.browser.json');
  });
});

describe('an application with two versions of core', () => {
  it('recognises the errors of both', async () => {
    const app = await install('two-cores', await newerCore());
    const versions = [
      'node_modules/@metering',
      'node_modules/@metering/writer/node_modules/@metering',
    ];
    const [own, nested] = await Promise.all(versions.map((path) => coreIn(join(app.folder, path))));
    expect(own).toBe('999.0.0');
    expect(nested).not.toBe(own);
    expect(await node(app, 'main.js')).toBe(
      'memory: 18446744073709551615\nlocalfs: 18446744073709551615\n',
    );
  });
});

describe('a function for Lambda, bundled', () => {
  const bundles = { 'bundle.cjs': 'cjs', 'bundle.mjs': 'esm' } as const;
  let app: InstalledApp;
  beforeAll(async () => {
    app = await install('lambda');
    for (const [file, format] of Object.entries(bundles)) {
      const options = ['--bundle', '--minify', '--platform=node', '--target=node20'];
      const banner = format === 'esm' ? [REQUIRE_IN_ESM] : [];
      const out = [`--format=${format}`, `--outfile=${file}`];
      // The runtime brings the SDK.
      await app.run(
        'esbuild',
        'handler.js',
        ...options,
        ...out,
        ...banner,
        '--external:@aws-sdk/*',
      );
    }
  });

  it.each(Object.keys(bundles))('%s writes to a folder and reads', async (file) => {
    const { size } = await stat(join(app.folder, file));
    console.log(`${file}: ${Math.ceil(size / 1024)} KiB`);
    expect(size).toBeLessThan(320 * 1024);
    expect(await node(app, 'invoke.cjs', file, `file://${app.folder}/${file}.data`)).toBe(USAGE);
  });

  describeOn('s3', 'on s3', (store) => {
    it.each(Object.keys(bundles))('%s writes and reads', async (file) => {
      expect(await node(app, 'invoke.cjs', file, uriOf(store, file))).toBe(USAGE);
    });
  });
});

/** What bundles of ES modules need when something in them is CommonJS. */
const REQUIRE_IN_ESM =
  '--banner:js=import{createRequire}from"node:module";const require=createRequire(import.meta.url);';

/** Our core under a later version, packed. */
async function newerCore(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metering-newer-core-'));
  folders.push(folder);
  const registry = `--@metering:registry=${inject('registry')}`;
  await run('npm', ['pack', '@metering/core', registry, '--loglevel=error'], { cwd: folder });
  await run('sh', ['-c', 'tar -xzf *.tgz && rm *.tgz'], { cwd: folder });
  const path = join(folder, 'package/package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...manifest, version: '999.0.0' }));
  await run('npm', ['pack', './package', '--loglevel=error'], { cwd: folder });
  return join(folder, 'metering-core-999.0.0.tgz');
}

async function coreIn(folder: string): Promise<string> {
  return JSON.parse(await readFile(join(folder, 'core/package.json'), 'utf8')).version;
}
