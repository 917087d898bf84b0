import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { npmInstall } from './support/npm.ts';

/** The names of a cloud's packages, whoever brings them. */
const CLOUDS = {
  s3: /^(@aws|@smithy)/,
  oss: /^(ali-oss|oss-|@alicloud\/)/,
  azure: /^@azure/,
  gcs: /^(@google-cloud\/|google-)/,
};
/** What a choice may bring, in packages and MiB on disk: about a quarter more than it brought. */
const BOUNDS = {
  s3: { packages: 42, mebibytes: 13 },
  oss: { packages: 125, mebibytes: 15 },
  azure: { packages: 45, mebibytes: 33 },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-one-backend-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what an application installs with one backend', () => {
  it('is five packages, to write to a folder and read', async () => {
    const { names, mebibytes } = await installed('writer', 'reader', 'storage-localfs');
    const ours = ['core', 'reader', 'storage-localfs', 'writer'].map((name) => `@metering/${name}`);
    expect(names).toEqual([...ours, 'lru-cache']);
    expect(mebibytes).toBeLessThan(5);
  });

  it('is five packages, for a folder that a configuration names', async () => {
    const { names, mebibytes } = await installed('config', 'storage-localfs');
    const ours = ['config', 'core', 'storage-localfs'].map((name) => `@metering/${name}`);
    expect(names).toEqual([...ours, 'smol-toml', 'yaml']);
    expect(mebibytes).toBeLessThan(2);
  });

  it.each(['s3', 'oss', 'azure'] as const)('is, for %s, nothing of another cloud', async (own) => {
    const { names, mebibytes } = await installed('config', `storage-${own}`);
    const clouds = Object.entries(CLOUDS).filter(([, pattern]) =>
      names.some((name) => pattern.test(name)),
    );
    expect(clouds.map(([cloud]) => cloud)).toEqual([own]);
    const ours = names.filter((name) => name.startsWith('@metering/'));
    expect(ours).toEqual(['@metering/config', '@metering/core', `@metering/storage-${own}`]);
    expect(names.length).toBeLessThanOrEqual(BOUNDS[own].packages);
    expect(mebibytes).toBeLessThanOrEqual(BOUNDS[own].mebibytes);
  });
});

interface Installed {
  /** Of every package, also of packages. */
  readonly names: readonly string[];
  /** On disk. */
  readonly mebibytes: number;
}

/** What npm puts into an empty project. */
async function installed(...choice: readonly string[]): Promise<Installed> {
  const project = await mkdtemp(join(folder, 'project-'));
  await writeFile(join(project, 'package.json'), '{}');
  await npmInstall(project, inject('registry'), ...choice.map((name) => `@metering/${name}`));
  const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8'));
  const paths = Object.keys(lock.packages).filter((path) => path !== '');
  const names = new Set(paths.map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  const mebibytes = await sizeOf(join(project, 'node_modules'));
  console.log(`${choice.join(' + ')}: ${paths.length} packages, ${mebibytes.toFixed(1)} MiB`);
  return { names: [...names].sort(), mebibytes };
}

/** The sum of the sizes of all files below a folder, in MiB. */
async function sizeOf(root: string): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20;
}
