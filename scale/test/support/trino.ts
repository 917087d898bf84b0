import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Total } from './totals.ts';

const TOTALS = new URL('../../sql/trino/totals.sql', import.meta.url);
/** The Hive connector's catalog, which sees the files of this machine below `local:///`. */
const CATALOG = 'hive';

type Row = readonly [metric: string, unit: string, total: string];

/** What Trino answers to a statement, and to each question how far it is. */
interface Answer {
  readonly nextUri?: string | undefined;
  readonly data?: readonly Row[] | undefined;
  readonly error?: { readonly message: string } | undefined;
}

/** Runs `sql/trino/totals.sql` on the pages in a folder, in a schema of its own, at a coordinator's URL. */
export async function queryTrino(coordinator: string, folder: string): Promise<Total[]> {
  const schema = `metering_${randomUUID().replaceAll('-', '')}`;
  const run = (statement: string) => runStatement(coordinator, schema, statement);
  await run(`CREATE SCHEMA ${schema}`);
  try {
    let rows: Row[] = [];
    for (const statement of statementsFor(folder)) rows = await run(statement);
    return rows.map(([metric, unit, total]) => ({ metric, unit, total: BigInt(total) }));
  } finally {
    await run(`DROP SCHEMA ${schema} CASCADE`);
  }
}

/** The statements as the document shows them, but for where the pages are. */
function statementsFor(folder: string): string[] {
  const sql = readFileSync(TOTALS, 'utf8').replace('s3://bucket/', `local://${folder}/`);
  return sql
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/** The rows of a statement, by [Trino's protocol](https://trino.io/docs/current/develop/client-protocol.html). */
async function runStatement(url: string, schema: string, statement: string): Promise<Row[]> {
  const headers = {
    'X-Trino-User': 'metering',
    'X-Trino-Catalog': CATALOG,
    'X-Trino-Schema': schema,
  };
  const rows: Row[] = [];
  let answer = await ask(new URL('/v1/statement', url), {
    method: 'POST',
    headers,
    body: statement,
  });
  for (;;) {
    if (answer.error !== undefined) throw new Error(`Trino: ${answer.error.message}\n${statement}`);
    rows.push(...(answer.data ?? []));
    if (answer.nextUri === undefined) return rows;
    answer = await ask(answer.nextUri, { headers });
  }
}

async function ask(url: string | URL, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(`Trino: ${response.status} for ${url}`);
  return (await response.json()) as Answer;
}
