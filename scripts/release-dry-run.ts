/**
 * `pnpm release:dry-run`: a whole release, against a registry that is thrown away. In a clone of what
 * is committed: versions and changelogs, build, publish; then a stranger installs from the registry
 * and runs the README's code and the quickstart. Wants Node ≥ 22.18, for verdaccio and for TypeScript
 * without a build.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedPackages } from './lib/published-packages.ts';
import { run } from './lib/run.ts';
import { type Registry, startRegistry } from './lib/throw-away-registry.ts';

const WORKSPACE = join(import.meta.dirname, '..');
/** What the README and the quickstart import. */
const INSTALLED = [
  'config',
  'core',
  'reader',
  'storage-azure',
  'storage-localfs',
  'storage-oss',
  'storage-s3',
  'writer',
];

const AUTHOR = ['-c', 'user.name=release', '-c', 'user.email=release@localhost'];

const folder = mkdtempSync(join(tmpdir(), 'metering-release-'));
try {
  const clone = join(folder, 'clone');
  cloneWorkspace(clone);
  const versions = applyChangesets(clone);
  const registry = await startRegistry(join(folder, 'registry'));
  try {
    publish(clone, registry);
    const application = installApplication(join(folder, 'application'), registry, versions);
    runExamples(application);
  } finally {
    await registry.stop();
  }
  console.log('The release works.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A clone of the last commit, with its dependencies. */
function cloneWorkspace(clone: string): void {
  run('git', ['clone', '--quiet', WORKSPACE, clone], { cwd: folder });
  run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=silent'], {
    cwd: clone,
  });
}

/** Turns changesets into versions and changelogs. Returns each published package's new version. */
function applyChangesets(clone: string): Map<string, string> {
  run('pnpm', ['changeset', 'version'], { cwd: clone });
  const packages = publishedPackages(clone);
  for (const { name, version, folder: directory } of packages) {
    const changelog = readFileSync(join(directory, 'CHANGELOG.md'), 'utf8');
    if (!changelog.includes(`## ${version}`))
      throw new Error(`${name}: no changelog of ${version}`);
    console.log(`${name} ${version}`);
  }
  return new Map(packages.map(({ name, version }) => [name, version]));
}

function publish(clone: string, registry: Registry): void {
  run('git', [...AUTHOR, 'commit', '--quiet', '--all', '--message', 'Release'], { cwd: clone });
  run('pnpm', ['release'], { cwd: clone, env: registry.environment });
}

/** An empty project with the released packages, from the registry. */
function installApplication(
  application: string,
  registry: Registry,
  versions: ReadonlyMap<string, string>,
): string {
  mkdirSync(application);
  const manifest = { name: 'application', private: true, type: 'module' };
  writeFileSync(join(application, 'package.json'), JSON.stringify(manifest));
  const packages = INSTALLED.map(
    (name) => `@metering/${name}@${versions.get(`@metering/${name}`)}`,
  );
  const peers = ['@aws-sdk/client-s3', '@azure/storage-blob'];
  const options = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  const cwd = application;
  run('npm', ['install', ...options, ...packages, ...peers], { cwd, env: registry.environment });
  return application;
}

/** The README's code, and the quickstart twice: the second run finds every page unchanged. */
function runExamples(application: string): void {
  for (const example of ['readme', 'quickstart']) {
    cpSync(join(WORKSPACE, 'examples', example), join(application, example), { recursive: true });
  }
  run('node', ['readme/write-and-read.ts'], { cwd: application });
  rmSync(join(application, 'metering-data'), { recursive: true });
  expectPrinted(run('node', ['quickstart/quickstart.ts'], { cwd: application }), 'written');
  expectPrinted(run('node', ['quickstart/quickstart.ts'], { cwd: application }), 'unchanged');
}

function expectPrinted(output: string, words: string): void {
  console.log(output);
  if (!output.includes(words)) throw new Error(`The quickstart did not print: ${words}`);
}
