import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Total } from './totals.ts';

const RUN_SQL = fileURLToPath(new URL('run_sql.py', import.meta.url));

/** An engine that runs inside Python, and the module that brings it. */
export interface PythonEngine {
  readonly name: 'clickhouse' | 'spark';
  readonly module: string;
  /** Of the metrics of `addHiddenNames`, those that it does not see. */
  readonly passesOver: readonly string[];
}

/** Why an engine cannot be asked; undefined where it can. */
export function whyNot({ module }: PythonEngine): string | undefined {
  const { METERING_TEST_PYTHON: python } = process.env;
  if (python === undefined) return `METERING_TEST_PYTHON names no Python that has ${module}`;
  const { status } = spawnSync(python, ['-c', `import ${module}`]);
  return status === 0 ? undefined : `${python} cannot import ${module}`;
}

/** Runs `sql/<engine>/totals.sql` on the pages in a folder. */
export function queryTotals({ name }: PythonEngine, folder: string): Total[] {
  const file = fileURLToPath(new URL(`../../sql/${name}/totals.sql`, import.meta.url));
  const python = process.env.METERING_TEST_PYTHON ?? 'python3';
  const output = execFileSync(python, [RUN_SQL, name, file], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const rows: [string, string, string][] = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return rows.map(([metric, unit, total]) => ({ metric, unit, total: BigInt(total) }));
}
