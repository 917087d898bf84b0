/**
 * `pnpm scale [--write]`: what a month costs. Prints the tables of `docs/scale.md`; `--write` puts them
 * there. The variables are in `lib/fleet.ts`, `lib/prices.ts` and `lib/limits.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { injectTables } from './lib/document.ts';
import { scaleTables } from './lib/tables.ts';

const DOCUMENT = new URL('../docs/scale.md', import.meta.url);

const tables = scaleTables();
for (const [name, table] of tables) console.log(`${name}\n\n${table}`);
if (process.argv.includes('--write')) {
  writeFileSync(DOCUMENT, injectTables(readFileSync(DOCUMENT, 'utf8'), tables));
}
