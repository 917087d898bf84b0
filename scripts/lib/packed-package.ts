import { execFileSync } from 'node:child_process';

/** What a consumer of a packed package gets. */
export interface PackedPackage {
  readonly manifest: PackageManifest;
  /** Relative to the package's folder. */
  readonly files: readonly string[];
}

/** What we look at in a `package.json`. */
export interface PackageManifest {
  readonly name: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const OUR_FILES = /^(dist\/.+|package\.json|README\.md|LICENSE|CHANGELOG\.md|schema\.json)$/;
const REQUIRED_FILES = ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts'];
const NOT_PUBLISHABLE = /^(workspace|catalog|file|link):/;

/** Opens a tarball that `pnpm pack` made. */
export function readPackedPackage(tarball: string): PackedPackage {
  const tar = (options: string, ...files: string[]) =>
    execFileSync('tar', [options, tarball, ...files], { encoding: 'utf8' });
  return {
    manifest: JSON.parse(tar('-xzOf', 'package/package.json')),
    files: tar('-tzf')
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package\//, '')),
  };
}

/** What is wrong with a packed package: nothing, if all is well. */
export function problemsOfPacked({ manifest, files }: PackedPackage): string[] {
  const present = new Set(files);
  const dependencies = { ...manifest.dependencies, ...manifest.peerDependencies };
  return [
    ...REQUIRED_FILES.filter((file) => !present.has(file)).map((file) => `${file} is missing`),
    ...files.filter((file) => !OUR_FILES.test(file)).map((file) => `${file} does not belong in it`),
    ...exportProblems(manifest.exports, present),
    ...Object.entries(dependencies)
      .filter(([, range]) => NOT_PUBLISHABLE.test(range))
      .map(([name, range]) => `it depends on ${name}@${range}, which nobody can install`),
  ];
}

/** Every path that `exports` names must be in the package, under no condition of the workspace. */
function exportProblems(target: unknown, present: ReadonlySet<string>): string[] {
  if (typeof target === 'string') {
    return present.has(target.replace('./', ''))
      ? []
      : [`exports names ${target}, which is missing`];
  }
  return Object.entries(target ?? {}).flatMap(([name, inner]) =>
    name.startsWith('@metering/')
      ? [`exports has the workspace's condition ${name}`]
      : exportProblems(inner, present),
  );
}
