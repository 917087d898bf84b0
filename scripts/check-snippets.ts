/**
 * `pnpm snippets [--write]`: code that our documents show is code that is compiled and run. Checks
 * every marked block of every document against its source; `--write` puts the source there.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { injectSnippets } from './lib/snippets.ts';

const write = process.argv.includes('--write');
process.chdir(join(import.meta.dirname, '..'));

let outdated = 0;
for (const file of documents()) {
  const document = readFileSync(file, 'utf8');
  const injected = injectSnippets(document, (source) => readFileSync(source, 'utf8'));
  if (write && injected.text !== document) writeFileSync(file, injected.text);
  for (const name of injected.outdated) {
    console.log(`${file}: ${write ? 'updated' : 'differs from'} ${name}`);
    outdated++;
  }
}
if (outdated > 0 && !write) {
  console.error('Change the source, then run `pnpm snippets --write`.');
  process.exitCode = 1;
}

function documents(): string[] {
  return ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs'), ...markdownIn('packages')];
}

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : markdownIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
