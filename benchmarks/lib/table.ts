import type { Row } from './measurement.ts';

const HEADINGS = ['', 'ours', 'Go', 'ours / Go', 'asked'];

/** The rows as one table, for a terminal or as Markdown. Without Go its columns are left out. */
export function formatTable(rows: readonly Row[], markdown: boolean): string {
  const withGo = rows.some((row) => row.go !== undefined);
  const kept = (cells: readonly string[]) =>
    cells.filter((_, column) => withGo || (column !== 2 && column !== 3));
  const lines = [HEADINGS, ...rows.map(cellsOf)].map(kept);
  return markdown ? asMarkdown(lines) : asText(lines);
}

function cellsOf({ what, ours, go = '', ratio = '', ask }: Row): string[] {
  const mark = ask === undefined ? '' : `${ask.passed ? '✔' : '✘'} ${ask.text}`;
  return [what, ours, go, ratio, mark];
}

function asMarkdown([headings = [], ...rows]: readonly string[][]): string {
  const rule = headings.map(() => '---');
  return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function asText(lines: readonly string[][]): string {
  const widths = (lines[0] as string[]).map((_, column) =>
    Math.max(...lines.map((cells) => (cells[column] as string).length)),
  );
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] as number)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}
