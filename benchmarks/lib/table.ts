import { type Figure, isRegression, meets } from './figure.ts';
import type { Row } from './measurement.ts';
import { median } from './statistics.ts';

const HEADINGS = ['', 'ours', 'beside', 'ratio', 'asked', 'aim'];

/** The rows as one table, for a terminal or as Markdown. */
export function formatTable(rows: readonly Row[], markdown: boolean): string {
  const lines = [HEADINGS, ...rows.map(cellsOf)];
  return markdown ? asMarkdown(lines) : asText(lines);
}

/** A line for each figure that would make CI fail. */
export function regressionsOf(rows: readonly Row[]): string[] {
  return rows.flatMap((row) =>
    figuresOf(row)
      .filter(isRegression)
      .map((figure) => `${row.what}: ${goalText(figure, 'gate')}, but it is ${spread(figure)}`),
  );
}

function cellsOf(row: Row): string[] {
  const { what, ours, peer = '', ratio } = row;
  const goals = (kind: 'asked' | 'aim') =>
    figuresOf(row)
      .filter(({ goal }) => goal?.[kind] !== undefined)
      .map((figure) => `${mark(figure, kind)} ${goalText(figure, kind)}`)
      .join(', ');
  return [what, ours, peer, ratio === undefined ? '' : spread(ratio), goals('asked'), goals('aim')];
}

function figuresOf({ ratio, others = [] }: Row): Figure[] {
  return ratio === undefined ? [...others] : [ratio, ...others];
}

function mark(figure: Figure, kind: 'asked' | 'aim'): string {
  return meets(figure, figure.goal?.[kind] as number) ? '✔' : '✘';
}

function goalText({ name, goal }: Figure, kind: 'asked' | 'aim' | 'gate'): string {
  if (goal === undefined) return '';
  const sign = goal.bound === 'least' ? '≥' : '≤';
  const limit = Number((goal[kind] as number).toFixed(2));
  return `${name === undefined ? '' : `${name} `}${sign} ${limit}${goal.unit}`;
}

/** The median, and in brackets the least and the most of the rounds. */
function spread({ rounds, goal }: Figure): string {
  const text = (value: number) => value.toFixed(2);
  const unit = goal?.unit ?? '×';
  if (rounds.length === 1) return `${text(median(rounds))}${unit}`;
  return `${text(median(rounds))}${unit} (${text(Math.min(...rounds))}–${text(Math.max(...rounds))})`;
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
