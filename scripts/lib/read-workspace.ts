import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Workspace } from './shell-lines.ts';

interface PackageJson {
  readonly name?: string | undefined;
  readonly private?: boolean | undefined;
  readonly scripts?: Readonly<Record<string, string>> | undefined;
}

/** What the `package.json` files of a repository say, whose paths are from its root. */
export function readWorkspace(packageFiles: readonly string[]): Workspace {
  const packages = packageFiles.map((file) => {
    const content: PackageJson = JSON.parse(readFileSync(file, 'utf8'));
    return { folder: dirname(file), ...content };
  });
  const published = packages.filter(
    (found) => !found.private && found.folder.startsWith('packages/'),
  );
  return {
    published: new Set(published.map(({ name = '' }) => name)),
    scripts: new Map(
      packages.map(({ folder, scripts = {} }) => [folder, new Set(Object.keys(scripts))]),
    ),
    folders: new Map(packages.map(({ folder, name = '' }) => [name, folder])),
  };
}
