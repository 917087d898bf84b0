import { codeBlocksOf } from './code-blocks.ts';

/** A document with the code of its snippets put in place, and which of them had other code. */
export interface InjectedDocument {
  readonly text: string;
  /** `examples/x.ts#region`, as the marker says it. */
  readonly outdated: readonly string[];
}

/**
 * Puts the code that each snippet's marker names into the block below the marker.
 *
 * @param sourceOf gives the text of a file.
 * @throws Error where a marker has no block, or names a region that its file has not.
 */
export function injectSnippets(
  document: string,
  sourceOf: (file: string) => string,
): InjectedDocument {
  const outdated: string[] = [];
  const lines = document.split('\n');
  // From the last one on, so that the lines of those before stay where they are.
  for (const { line, code, marker } of codeBlocksOf(document).reverse()) {
    if (marker?.kind !== 'snippet') continue;
    const source = snippetOf(marker.target, sourceOf);
    if (source === code) continue;
    outdated.unshift(marker.target);
    lines.splice(line, linesOf(code).length, ...linesOf(source));
  }
  return { text: lines.join('\n'), outdated };
}

/** Without the empty one behind the last line break. */
function linesOf(code: string): string[] {
  return code.split('\n').slice(0, -1);
}

/** The code of `file` or `file#region`. */
function snippetOf(name: string, sourceOf: (file: string) => string): string {
  const [file = '', region] = name.split('#');
  return region === undefined ? sourceOf(file) : regionOf(sourceOf(file), region);
}

/**
 * What stands between `#region name` and `#endregion name` in comments, without its indentation and
 * without the empty line that gofmt wants at the end.
 */
function regionOf(source: string, region: string): string {
  const lines = source.split('\n');
  const start = lines.findIndex((line) => isComment(line, `#region ${region}`));
  const end = lines.findIndex((line) => isComment(line, `#endregion ${region}`));
  if (start === -1 || end < start) throw new Error(`No region ${region}`);
  const inner = lines.slice(start + 1, lines[end - 1] === '' ? end - 1 : end);
  const indents = inner.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  return inner.map((line) => `${line.slice(Math.min(...indents))}\n`).join('');
}

function isComment(line: string, text: string): boolean {
  return line.trim() === `// ${text}` || line.trim() === `# ${text}`;
}
