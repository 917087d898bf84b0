/**
 * `pnpm snippets [--write]`: code that our documents show is code that is compiled and run. Checks
 * every marked block of every document against its source; `--write` puts the source there.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { injectSnippets } from './lib/snippets.ts';

const write = process.argv.includes('--write');
process.chdir(join(import.meta.dirname, '..'));

const findings = documents().flatMap(checkDocument);
for (const finding of findings) console.log(finding);
if (findings.length > 0) {
  console.error('\nChange the source, then run `pnpm snippets --write`.');
  process.exitCode = 1;
}

/** What is wrong with a document. Where `--write` mended it, that is nothing. */
function checkDocument(file: string): string[] {
  const document = readFileSync(file, 'utf8');
  try {
    const { text, outdated } = injectSnippets(document, (source) => readFileSync(source, 'utf8'));
    if (!write) return outdated.map((name) => `${file}: differs from ${name}`);
    if (text !== document) writeFileSync(file, text);
    return [];
  } catch (error) {
    return [`${file}: ${(error as Error).message}`];
  }
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
