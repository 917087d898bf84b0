import type { TotalsRow } from '@metering/reader';

const HEADINGS = ['cluster', 'metric', 'total', 'unit'] as const;
const AMOUNT_COLUMN = 2;

/** The totals as lines of text: columns aligned, values to the right. */
export function tableOf(totals: readonly TotalsRow[]): string[] {
  const rows = totals.map(({ cluster = '', metric, unit, value }) => [
    cluster,
    metric,
    String(value),
    unit,
  ]);
  const widths = HEADINGS.map((_, column) =>
    Math.max(...[HEADINGS, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '─'.repeat(width));
  return [HEADINGS, rule, ...rows].map((row) => rowLine(row, widths));
}

function rowLine(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, column) => {
    const width = widths[column] ?? 0;
    return column === AMOUNT_COLUMN ? cell.padStart(width) : cell.padEnd(width);
  });
  return cells.join('  ').trimEnd();
}
