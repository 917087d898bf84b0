/** A document with the code of its snippets put in place, and which of them had other code. */
export interface InjectedDocument {
  readonly text: string;
  /** `examples/x.ts#region`, as the marker says it. */
  readonly outdated: readonly string[];
}

/** `<!-- snippet: examples/x.ts#region -->` and the code block right below it, of TypeScript or JSON. */
const SNIPPET = /^(<!-- snippet: (\S+) -->\n```(?:ts|json)\n)(.*?)(^```$)/gms;
const MARKER = /^<!-- snippet: (\S+)/gm;

/**
 * Puts the code that each marker of a Markdown document names into the block below the marker.
 *
 * @param sourceOf gives the text of a file.
 * @throws Error where a marker has no such block, or names a region that its file has not.
 */
export function injectSnippets(
  document: string,
  sourceOf: (file: string) => string,
): InjectedDocument {
  const outdated: string[] = [];
  const injected = new Set<string>();
  const text = document.replace(SNIPPET, (_block, head, name: string, code: string, end) => {
    const [file = '', region] = name.split('#');
    const source = region === undefined ? sourceOf(file) : regionOf(sourceOf(file), region);
    injected.add(name);
    if (source !== code) outdated.push(name);
    return `${head}${source}${end}`;
  });
  for (const [, name = ''] of document.matchAll(MARKER)) {
    if (!injected.has(name))
      throw new Error(`No \`\`\`ts or \`\`\`json block right below the marker of ${name}`);
  }
  return { text, outdated };
}

/** What stands between `// #region name` and `// #endregion name`, without its indentation. */
function regionOf(source: string, region: string): string {
  const lines = source.split('\n');
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const end = lines.findIndex((line) => line.trim() === `// #endregion ${region}`);
  if (start === -1 || end < start) throw new Error(`No region ${region}`);
  const inner = lines.slice(start + 1, end);
  const indents = inner.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  return inner.map((line) => `${line.slice(Math.min(...indents))}\n`).join('');
}
