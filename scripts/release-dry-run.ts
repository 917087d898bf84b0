/**
 * `pnpm release:dry-run`: a whole release, against a registry that is thrown away. In a clone of what
 * is committed: versions and changelogs, build, publish; then a stranger installs every package from the
 * registry, imports it, and runs the README's code and the quickstart. Wants Node ≥ 22.18, for verdaccio and for TypeScript
 * without a build.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differenceOf } from './lib/difference-of.ts';
import { publishedPackages } from './lib/published-packages.ts';
import { run } from './lib/run.ts';
import { type Registry, startRegistry } from './lib/throw-away-registry.ts';

const WORKSPACE = join(import.meta.dirname, '..');
/** What npm has beside our packages for who uses them. */
const PEERS = ['@aws-sdk/client-s3', '@azure/storage-blob', '@opentelemetry/api'];
const QUICKSTART = 'quickstart/quickstart.ts';

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
    importEach(application, [...versions.keys()]);
    runReadme(application);
    runQuickstart(application);
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
  const packages = [...versions].map(([name, version]) => `${name}@${version}`);
  const options = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  const cwd = application;
  run('npm', ['install', ...options, ...packages, ...PEERS], { cwd, env: registry.environment });
  return application;
}

function importEach(application: string, names: readonly string[]): void {
  const imports = names.map((name) => `import ${JSON.stringify(name)};`);
  writeFileSync(join(application, 'imports.js'), imports.join('\n'));
  run('node', ['imports.js'], { cwd: application });
}

function runReadme(application: string): void {
  copyExample('readme', application);
  const printed = run('node', ['readme/write-and-read.ts'], { cwd: application });
  expectPrinted(printed, /value: 18446744073709551615n/);
  rmSync(join(application, 'metering-data'), { recursive: true });
}

/** Twice: the second run finds every page unchanged. Each prints what it does when it runs from source. */
function runQuickstart(application: string): void {
  copyExample('quickstart', application);
  const source = join(folder, 'source');
  mkdirSync(source);
  const bundled = ['scripts/run-bundled.mjs', join('examples', QUICKSTART)];
  for (const summary of [/^Wrote /m, /^All .* unchanged/m]) {
    const printed = run('node', [QUICKSTART], { cwd: application });
    console.log(printed);
    expectPrinted(printed, summary);
    const asFromSource = run(
      'node',
      bundled.map((file) => join(WORKSPACE, file)),
      { cwd: source },
    );
    const problem = differenceOf(printed, asFromSource);
    if (problem !== undefined)
      throw new Error(`The quickstart of the released packages: ${problem}`);
  }
}

function copyExample(name: string, application: string): void {
  cpSync(join(WORKSPACE, 'examples', name), join(application, name), { recursive: true });
}

function expectPrinted(output: string, words: RegExp): void {
  if (!words.test(output))
    throw new Error(`Nothing like ${words} is in what was printed: ${output}`);
}
