import { posix } from 'node:path';

/** What is asked of the repository that documents link into. Paths are from its root. */
export interface LinkTargets {
  /** Whether there is such a file or folder. */
  readonly exists: (path: string) => boolean;
  /** The text of a file that exists. */
  readonly textOf: (path: string) => string;
}

const LINK = /\[[^\]]*\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)/gm;
/** What shows code, and no link. */
const CODE = /^```[\s\S]*?^```|`[^`\n]+`/gm;
const ELSEWHERE = /^[a-z][a-z+.-]*:/i;

/** A line for each link of a Markdown document that leads to no file, or to no heading of one. */
export function brokenLinks(document: string, targets: LinkTargets): string[] {
  const links = targets.textOf(document).replaceAll(CODE, '').matchAll(LINK);
  return [...links].flatMap(([, inline, listed]) => {
    const link = inline ?? listed ?? '';
    const problem = ELSEWHERE.test(link) ? undefined : linkProblem(document, link, targets);
    return problem === undefined ? [] : [`${document}: ${link} leads nowhere: ${problem}`];
  });
}

function linkProblem(document: string, link: string, targets: LinkTargets): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : posix.join(posix.dirname(document), decodeURI(path));
  if (!targets.exists(target)) return `there is no ${target}`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  const isThere = headingAnchors(targets.textOf(target)).has(anchor);
  return isThere ? undefined : `${target} has no heading for #${anchor}`;
}

/** The anchors that GitHub makes of a document's headings. */
function headingAnchors(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of text
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .matchAll(/^#+ (.*)$/gm)) {
    const anchor = anchorOf(heading);
    let numbered = anchor;
    for (let count = 1; anchors.has(numbered); count++) numbered = `${anchor}-${count}`;
    anchors.add(numbered);
  }
  return anchors;
}

function anchorOf(heading: string): string {
  const text = heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase();
  return text.replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
}
