import type { CodeBlock } from './code-blocks.ts';
import { shellProblem, type Workspace } from './shell-lines.ts';

/** What the rules need to know beside the document. */
export interface RuleContext {
  /** The document's path from the root of the repository. */
  readonly document: string;
  readonly workspace: Workspace;
  /** The text of a file, or undefined where there is none. */
  readonly textOf: (file: string) => string | undefined;
}

/**
 * Why nothing holds a block to what it shows; undefined where something does: a file that it is taken
 * from, a test that reads it, for commands of a shell the scripts and packages that they name, or, for
 * figures, the program that measured them. A drawing is no code.
 */
export function blockProblem(block: CodeBlock, context: RuleContext): string | undefined {
  if (block.marker?.kind === 'snippet') return languageProblem(block.language, block.marker.target);
  if (block.marker?.kind === 'checked by') return testProblem(block.marker.target, context);
  if (block.marker?.kind === 'measured by') return programProblem(block.marker.target, context);
  if (block.language === 'sh') return shellProblem(block.code, context);
  if (isDrawing(block)) return undefined;
  const kind = block.language === '' ? 'a block' : `a block of ${block.language}`;
  return `${kind} that is taken from no file. CONTRIBUTING.md says which comments may stand above it`;
}

function isDrawing({ language, code }: CodeBlock): boolean {
  const hasLines = (language === '' || language === 'text') && /[\u2500-\u25ff]/.test(code);
  return hasLines || language === 'mermaid';
}

/** What was measured is never the same twice: all that is asked is that its program is there. */
function programProblem(program: string, { textOf }: RuleContext): string | undefined {
  return textOf(program) === undefined ? `there is no program ${program}` : undefined;
}

/** A block says its language by the ending of its source, or readers see it coloured as another one. */
function languageProblem(language: string, target: string): string | undefined {
  const [file = ''] = target.split('#');
  return file.endsWith(`.${language}`) ? undefined : `a block of ${language} out of ${file}`;
}

/** A test that never names the document cannot be reading it. */
function testProblem(test: string, { document, textOf }: RuleContext): string | undefined {
  const text = textOf(test);
  if (text === undefined) return `there is no test ${test}`;
  if (!test.endsWith('.test.ts')) return `${test} is no test`;
  const name = document.split('/').at(-1) ?? document;
  return text.includes(name) ? undefined : `${test} does not read ${name}`;
}
