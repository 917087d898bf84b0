import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The declarations of one entry point of a built package. */
export interface ExportedTypes {
  /** The package's folder. */
  readonly folder: string;
  /** The file of declarations that users get. */
  readonly types: string;
  /** What its report is called: the package's name without scope, and the entry point's. */
  readonly report: string;
}

interface Manifest {
  readonly name: string;
  readonly publishConfig: { readonly exports: Readonly<Record<string, Entry | string>> };
}

interface Entry {
  readonly types: string;
}

/** Every entry point of a package that has types. */
export function exportedTypes(folder: string): ExportedTypes[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const name = manifest.name.replace('@metering/', '');
  return Object.entries(manifest.publishConfig.exports).flatMap(([path, entry]) => {
    if (typeof entry === 'string') return [];
    const report = path === '.' ? name : `${name}-${path.slice(2).replaceAll('/', '-')}`;
    return [{ folder, types: join(folder, entry.types), report }];
  });
}

/** The reports, by file name, of entry points that no package has: it is gone, and so is what it exported. */
export function reportsOfNothing(
  reports: readonly string[],
  exported: readonly ExportedTypes[],
): string[] {
  const known = new Set(exported.map(({ report }) => `${report}.api.md`));
  return reports.filter((file) => file.endsWith('.api.md') && !known.has(file));
}
