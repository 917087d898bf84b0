import { describe, expect, it } from 'vitest';
import { injectSnippets } from '../lib/snippets.ts';

const SOURCE = 'top();\n  // #region inner\n  inner();\n    deeper();\n  // #endregion inner\n';

function documentOf(name: string, code: string): string {
  return `# Title\n\n<!-- snippet: ${name} -->\n\`\`\`ts\n${code}\`\`\`\n\nText\n`;
}

function inject(document: string) {
  return injectSnippets(document, () => SOURCE);
}

describe('injectSnippets', () => {
  it('puts a whole file in place and says that the block was outdated', () => {
    const { text, outdated } = inject(documentOf('a.ts', 'old();\n'));
    expect(text).toBe(documentOf('a.ts', SOURCE));
    expect(outdated).toEqual(['a.ts']);
  });

  it('puts a region in place, without its indentation', () => {
    const { text } = inject(documentOf('a.ts#inner', 'old();\n'));
    expect(text).toBe(documentOf('a.ts#inner', 'inner();\n  deeper();\n'));
  });

  it('knows the comments of YAML and TOML for a region', () => {
    const source = 'a: 1\n# #region b\nb: 2\n# #endregion b\n';
    const { text } = injectSnippets(documentOf('a.yaml#b', ''), () => source);
    expect(text).toBe(documentOf('a.yaml#b', 'b: 2\n'));
  });

  it('leaves the empty line at the end of a region out', () => {
    const source = '// #region b\nb()\n\n// #endregion b\n';
    const { text } = injectSnippets(documentOf('a.go#b', ''), () => source);
    expect(text).toBe(documentOf('a.go#b', 'b()\n'));
  });

  it('mends each of several blocks, of other lengths than before', () => {
    const before =
      documentOf('a.ts', '1\n2\n') + documentOf('b.ts', '') + documentOf('c.ts', '3\n');
    const { text, outdated } = injectSnippets(before, (file) => `${file}\n${file}\n`);
    const after = ['a.ts', 'b.ts', 'c.ts'].map((file) => documentOf(file, `${file}\n${file}\n`));
    expect(text).toBe(after.join(''));
    expect(outdated).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });

  it('leaves a block alone that equals its source', () => {
    const document = documentOf('a.ts#inner', 'inner();\n  deeper();\n');
    expect(inject(document)).toEqual({ text: document, outdated: [] });
  });

  it('leaves code without a marker alone', () => {
    const document = '```ts\nold();\n```\n';
    expect(inject(document)).toEqual({ text: document, outdated: [] });
  });

  it('refuses a region that is not there', () => {
    expect(() => inject(documentOf('a.ts#outer', ''))).toThrow('No region outer');
  });
});
