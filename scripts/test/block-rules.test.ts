import { describe, expect, it } from 'vitest';
import { blockProblem } from '../lib/block-rules.ts';
import { codeBlocksOf } from '../lib/code-blocks.ts';

const workspace = {
  published: new Set(['@metering/core']),
  scripts: new Map([
    ['.', new Set(['quickstart'])],
    ['examples', new Set(['start'])],
    ['packages/core', new Set(['test'])],
  ]),
  folders: new Map([['@metering/core', 'packages/core']]),
};

/** The problem of the one block of a document in `packages/core`. */
function problemOf(document: string): string | undefined {
  const [block] = codeBlocksOf(document);
  const textOf = (file: string) => (file.startsWith('read') ? "read('README.md')" : undefined);
  return blockProblem(block!, { document: 'packages/core/README.md', workspace, textOf });
}

const shell = (command: string) => problemOf(`\`\`\`sh\n${command}\n\`\`\`\n`);

describe('a code block', () => {
  it.each(['ts', 'js', 'json', 'yaml', 'toml', 'go', 'uri', ''])(
    'of the language "%s" that comes from nowhere is refused',
    (language) => {
      expect(problemOf(`\`\`\`${language}\nx\n\`\`\`\n`)).toContain('taken from no file');
    },
  );

  it('may be taken from a file', () => {
    expect(problemOf('<!-- snippet: a.ts -->\n```ts\n```\n')).toBeUndefined();
    expect(problemOf('<!-- snippet: a.ts#b -->\n```ts\n```\n')).toBeUndefined();
  });

  it('is of the language of its file', () => {
    const problem = problemOf('<!-- snippet: a.json -->\n```ts\n```\n');
    expect(problem).toBe('a block of ts out of a.json');
  });

  it('may be read by a test, which must be there and name the document', () => {
    const checkedBy = (test: string) => `<!-- checked by: ${test} -->\n\`\`\`yaml\n\`\`\`\n`;
    expect(problemOf(checkedBy('read.test.ts'))).toBeUndefined();
    expect(problemOf(checkedBy('gone.test.ts'))).toBe('there is no test gone.test.ts');
    expect(problemOf(checkedBy('read.md'))).toBe('read.md is no test');
    const other = { document: 'docs/x.md', workspace, textOf: () => "read('README.md')" };
    expect(blockProblem(codeBlocksOf(checkedBy('read.test.ts'))[0]!, other)).toContain('not read');
  });
});

describe('a drawing', () => {
  it.each(['```\nfile ──▶ page\n```\n', '```text\n├─ a\n```\n', '```mermaid\na --> b\n```\n'])(
    'is no code: %j',
    (document) => {
      expect(problemOf(document)).toBeUndefined();
    },
  );

  it('is no excuse for code', () => {
    expect(problemOf('```ts\n// ─── run\n```\n')).toContain('taken from no file');
  });
});

describe('figures', () => {
  it('name the program that measured them', () => {
    const measuredBy = (file: string) => `<!-- measured by: ${file} -->\n\`\`\`\n9 ms\n\`\`\`\n`;
    expect(problemOf(measuredBy('read.test.ts'))).toBeUndefined();
    expect(problemOf(measuredBy('gone.ts'))).toBe('there is no program gone.ts');
  });
});

describe('commands of a shell', () => {
  it.each([
    'npm install @metering/core some-client',
    'npm install --save-dev vitest',
    'npm test   # in this folder',
    'npm run test',
    'npx -y pnpm@12 quickstart     # from the root',
    'npx -y pnpm@12 -C examples start writing/metering.ts',
    'npx -y pnpm@12 --filter @metering/core test',
    'export METERING_STORAGE_URI=file:///tmp/usage\nnpx -y pnpm@12 quickstart',
  ])('are known: %s', (command) => {
    expect(shell(command)).toBeUndefined();
  });

  it.each([
    ['npm install @metering/cor', 'no published package @metering/cor'],
    ['npm start', 'no script start in packages/core/package.json'],
    ['npm run begin', 'no script begin in packages/core/package.json'],
    ['npx -y pnpm@12 quick', 'no script quick in ./package.json'],
    ['npx -y pnpm@12 -C examples begin', 'no script begin in examples/package.json'],
    ['npx -y pnpm@12 --filter @metering/gone test', 'no package @metering/gone'],
    ['export metering', 'no NAME=VALUE'],
    ['npm test && rm -rf /', 'a command that no rule knows'],
    ['curl https://example.com', 'a command that no rule knows'],
  ])('that name what is not there are refused: %s', (command, problem) => {
    expect(shell(command)).toContain(problem);
  });
});
