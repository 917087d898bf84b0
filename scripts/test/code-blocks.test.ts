import { describe, expect, it } from 'vitest';
import { codeBlocksOf } from '../lib/code-blocks.ts';

describe('codeBlocksOf', () => {
  it('finds each block with its language, its line and the marker above it', () => {
    const document =
      'Text\n\n```sh\nls\n```\n\n<!-- snippet: a.ts#b -->\n```ts\nrun();\n```\n```\nout\n```\n';
    expect(codeBlocksOf(document)).toEqual([
      { line: 3, language: 'sh', code: 'ls\n', marker: undefined },
      { line: 8, language: 'ts', code: 'run();\n', marker: { kind: 'snippet', target: 'a.ts#b' } },
      { line: 11, language: '', code: 'out\n', marker: undefined },
    ]);
  });

  it('does not take what a block shows for a marker', () => {
    const document = '```md\n<!-- snippet: a.ts -->\n```\n';
    expect(codeBlocksOf(document)).toHaveLength(1);
  });

  it('takes an item of a list that goes on for what it is', () => {
    expect(codeBlocksOf('- point\n\n    goes on\n')).toEqual([]);
    expect(codeBlocksOf('A line that\n    goes on\n')).toEqual([]);
  });

  it.each([
    ['a marker without a block', '<!-- snippet: a.ts -->\n\n```ts\n```\n'],
    ['a block that is indented', '- point\n\n  ```ts\n  run();\n  ```\n'],
    ['a block of tildes', '~~~ts\nrun();\n~~~\n'],
    ['a block in a quotation', '> ```ts\n> run();\n> ```\n'],
    ['a block of HTML', '<pre><code>run();</code></pre>\n'],
    ['code that is only indented', 'Text:\n\n    run();\n'],
    ['a block without an end', '```ts\nrun();\n'],
    ['words behind the language', '```ts title\nrun();\n```\n'],
  ])('refuses %s, which would go unchecked', (_what, document) => {
    expect(() => codeBlocksOf(document)).toThrow(/^line \d:/);
  });
});
