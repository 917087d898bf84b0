import type { WrittenPage } from '@metering/core';
import type { TotalsRow } from '@metering/reader';
import { treeOf } from './file-tree.ts';
import { tableOf } from './table.ts';

/** What there is to tell of a quickstart. */
export interface Quickstart {
  /** Where it metered to. */
  readonly target: string;
  readonly pages: readonly WrittenPage[];
  readonly totals: readonly TotalsRow[];
  readonly writingMs: number;
  readonly readingMs: number;
}

/** The text that the quickstart ends with. */
export function reportOf({ target, pages, totals, writingMs, readingMs }: Quickstart): string {
  const sections = [
    [`Metered three services for an hour, 2025-08-22 08:00 to 09:00 UTC, into ${target}`],
    ['Read back, exact to the last unit:'],
    tableOf(totals).map(indent),
    ['Files:'],
    treeOf(target.replace(/[/\\]+$/, ''), pages).map(indent),
    [outcomeOf(pages), durationOf(writingMs, readingMs)],
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

/** Whether this run wrote the pages or found them: a second run changes nothing. */
function outcomeOf(pages: readonly WrittenPage[]): string {
  const unchanged = pages.filter(({ outcome }) => outcome === 'unchanged').length;
  const bytes = pages.reduce((sum, page) => sum + page.bytes, 0);
  const all = `${pages.length} pages, ${bytes} bytes compressed`;
  if (unchanged === 0) return `Wrote ${all}. Run it again: nothing is written or counted twice.`;
  if (unchanged === pages.length) {
    return `All ${all}, were already there, unchanged: nothing was written or counted twice.`;
  }
  return `Of ${all}, ${unchanged} were already there, unchanged; the others were written.`;
}

function durationOf(writingMs: number, readingMs: number): string {
  const [all, writing, reading] = [writingMs + readingMs, writingMs, readingMs].map(Math.round);
  return `It took ${all} ms: ${writing} ms to write, ${reading} ms to read.`;
}

function indent(line: string): string {
  return `  ${line}`;
}
