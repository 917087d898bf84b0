import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is published. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** The packages that a workspace publishes. */
export function publishedPackages(workspace: string): PublishedPackage[] {
  const packages = join(workspace, 'packages');
  return readdirSync(packages).map((directory) => {
    const folder = join(packages, directory);
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version, folder };
  });
}
