import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-one-backend-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what an application installs with one backend', () => {
  it('is, for a folder, nothing of any cloud, and in all five packages', async () => {
    expect(await installedWith('storage-localfs')).toEqual([
      '@metering/config',
      '@metering/core',
      '@metering/storage-localfs',
      'smol-toml',
      'yaml',
    ]);
  });

  it.each(['s3', 'oss', 'azure'] as const)(
    'is, for %s, nothing of another cloud',
    async (own) => {
      const installed = await installedWith(`storage-${own}`);
      const clouds = Object.entries(CLOUDS).filter(([, names]) =>
        installed.some((name) => names.test(name)),
      );
      expect(clouds.map(([cloud]) => cloud)).toEqual([own]);
      const ours = installed.filter((name) => name.startsWith('@metering/'));
      expect(ours).toEqual(['@metering/config', '@metering/core', `@metering/storage-${own}`]);
    },
    300_000,
  );
});

/** Every package, also of packages, as npm puts them down for an empty project. */
async function installedWith(backend: string): Promise<string[]> {
  const project = await mkdtemp(join(folder, `${backend}-`));
  await writeFile(join(project, 'package.json'), '{}');
  const packages = ['@metering/config', `@metering/${backend}`];
  await npmInstall(project, inject('registry'), '--package-lock-only', ...packages);
  const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8'));
  const paths = Object.keys(lock.packages).filter((path) => path !== '');
  const names = paths.map((path) => path.slice(path.lastIndexOf('node_modules/') + 13));
  return [...new Set(names)].sort();
}
