import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build as buildWithEsbuild } from 'esbuild';
import { build as buildWithVite } from 'vite';

const APP = join(import.meta.dirname, '../../app');
/** Packages of this workspace are bundled from their source. */
const conditions = ['@metering/source'];

/** Bundlers, each making a site out of the application's folder. */
export const BUNDLERS: Readonly<Record<string, (site: string) => Promise<void>>> = {
  esbuild: async (site) => {
    await buildWithEsbuild({
      entryPoints: [join(APP, 'main.ts')],
      outfile: join(site, 'assets/main.js'),
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2023',
      conditions,
    });
    await cp(join(APP, 'index.html'), join(site, 'index.html'));
    const page = await readFile(join(site, 'index.html'), 'utf8');
    await writeFile(join(site, 'index.html'), page.replace('./main.ts', './assets/main.js'));
  },
  vite: async (site) => {
    await buildWithVite({
      configFile: false,
      root: APP,
      base: './',
      resolve: { conditions },
      build: { outDir: site, emptyOutDir: true, target: 'es2023' },
      logLevel: 'warn',
    });
  },
};

/** All JavaScript of a site. */
export async function scriptOf(site: string): Promise<string> {
  const assets = join(site, 'assets');
  const scripts = (await readdir(assets)).filter((file) => file.endsWith('.js'));
  return (await Promise.all(scripts.map((file) => readFile(join(assets, file), 'utf8')))).join(
    '\n',
  );
}
