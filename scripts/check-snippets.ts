/**
 * `pnpm snippets [--write]`: code that our documents show is code that is compiled and run. Checks every
 * code block of every document, and that the README of a package installs what its code imports; `--write`
 * puts the code of snippets there.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockProblem } from './lib/block-rules.ts';
import { codeBlocksOf } from './lib/code-blocks.ts';
import { filesNamed } from './lib/files-named.ts';
import { readWorkspace } from './lib/read-workspace.ts';
import { injectSnippets } from './lib/snippets.ts';
import { uninstalledImports } from './lib/uninstalled-imports.ts';

const write = process.argv.includes('--write');
process.chdir(join(import.meta.dirname, '..'));

/** Its example stands in for a storage of one's own. */
const TESTKIT = 'packages/storage-testkit/README.md';

const workspace = readWorkspace(filesNamed('package.json'));
const documents = filesNamed('*.md').filter(
  (file) => !/^(\.changeset|etc)\/|CHANGELOG\.md$/.test(file),
);
const findings = documents.flatMap(checkDocument);
for (const finding of findings) console.log(finding);
if (findings.length > 0) {
  console.error('\nFor code that differs: change its source, then run `pnpm snippets --write`.');
  process.exitCode = 1;
}

/** What is wrong with a document. Where `--write` mended it, that is nothing. */
function checkDocument(document: string): string[] {
  try {
    return [...checkSources(document), ...checkRules(document), ...checkInstall(document)];
  } catch (error) {
    return [`${document}: ${(error as Error).message}`];
  }
}

function checkSources(document: string): string[] {
  const before = readFileSync(document, 'utf8');
  const { text, outdated } = injectSnippets(before, (source) => readFileSync(source, 'utf8'));
  if (!write) return outdated.map((name) => `${document}: differs from ${name}`);
  if (text !== before) writeFileSync(document, text);
  return [];
}

function checkInstall(document: string): string[] {
  if (!/^packages\/[^/]+\/README\.md$/.test(document) || document === TESTKIT) return [];
  const missing = uninstalledImports(readFileSync(document, 'utf8'));
  return missing.map((name) => `${document}: its code imports ${name}, which it does not install`);
}

function checkRules(document: string): string[] {
  const textOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  const blocks = codeBlocksOf(readFileSync(document, 'utf8'));
  return blocks.flatMap((block) => {
    const problem = blockProblem(block, { document, workspace, textOf });
    return problem === undefined ? [] : [`${document}:${block.line}: ${problem}`];
  });
}
