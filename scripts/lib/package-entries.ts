import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The ways into a package. */
export interface PackageEntries {
  /** The sources that `exports` of its `package.json` lead to: `./src/index.ts`. Sorted. */
  readonly declared: readonly string[];
  /** The sources that stand in `src`, beside `lib`. Sorted. */
  readonly present: readonly string[];
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly '@metering/source': string }>>;
}

/** The ways into the package in a folder. */
export function packageEntries(folder: string): PackageEntries {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const declared = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target['@metering/source']],
  );
  const present = readdirSync(join(folder, 'src')).filter((name) => name.endsWith('.ts'));
  return { declared: declared.sort(), present: present.map((name) => `./src/${name}`).sort() };
}
