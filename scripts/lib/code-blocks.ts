/** A fenced block of a Markdown document. */
export interface CodeBlock {
  /** Of its opening fence, from 1. */
  readonly line: number;
  /** What stands behind the opening fence: `ts`, `sh`, …; empty for none. */
  readonly language: string;
  /** Its lines, each with its line break. */
  readonly code: string;
  /** What the comment right above it says: `<!-- snippet: examples/x.ts#region -->`. */
  readonly marker?: BlockMarker | undefined;
}

/** Where a block comes from: a file, a test that reads the document, or a program that measures. */
export interface BlockMarker {
  readonly kind: 'snippet' | 'checked by' | 'measured by';
  readonly target: string;
}

const MARKER = /^<!-- (snippet|checked by|measured by): (\S+) -->$/;
const FENCE = /^```(\w*)$/;
/** Code as well, for who renders Markdown: indented, quoted, of tildes, or HTML. */
const OTHER_FENCE = /^[\s>]*(?:```|~~~|<pre\b)/i;
const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s|^\s/;

/**
 * The code blocks of a Markdown document, in order.
 *
 * @throws Error for a block that has no end or is code in any other way than between plain fences, and for
 *   a marker without a block: what is not recognised would go unchecked.
 */
export function codeBlocksOf(document: string): CodeBlock[] {
  const lines = document.split('\n');
  const blocks: CodeBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const marker = markerOf(line);
    const fence = FENCE.exec(lines[marker === undefined ? index : index + 1] ?? '');
    if (fence === null) {
      if (marker !== undefined) throw faultAt(index, `no block right below ${line}`);
      if (OTHER_FENCE.test(line)) throw faultAt(index, 'a fence that is not plain');
      if (isIndentedCode(lines, index)) throw faultAt(index, 'code without a fence');
      continue;
    }
    const start = marker === undefined ? index : index + 1;
    const end = lines.indexOf('```', start + 1);
    if (end === -1) throw faultAt(start, 'a block without an end');
    const code = lines.slice(start + 1, end).map((text) => `${text}\n`);
    blocks.push({ line: start + 1, language: fence[1] ?? '', code: code.join(''), marker });
    index = end;
  }
  return blocks;
}

/** True for what four spaces behind an empty line make code; in a list they make it go on. */
function isIndentedCode(lines: readonly string[], index: number): boolean {
  if (!/^(?: {4}|\t)\s*\S/.test(lines[index] ?? '') || lines[index - 1]?.trim() !== '')
    return false;
  const before = lines.slice(0, index).findLast((line) => line.trim() !== '');
  return before === undefined || !LIST_ITEM.test(before);
}

function markerOf(line: string): BlockMarker | undefined {
  const [, kind, target] = MARKER.exec(line) ?? [];
  if (kind === undefined || target === undefined) return undefined;
  return { kind: kind as BlockMarker['kind'], target };
}

function faultAt(index: number, problem: string): Error {
  return new Error(`line ${index + 1}: ${problem}`);
}
