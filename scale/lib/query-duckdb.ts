import { readFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

/** A row, by the names of its columns. */
export type Row = Record<string, DuckDBValue>;

/** Runs one of the queries in `sql/duckdb` on the pages in a folder. */
export async function queryDuckDb(folder: string, name: string): Promise<Row[]> {
  const sql = readFileSync(new URL(`../sql/duckdb/${name}.sql`, import.meta.url), 'utf8');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`SET file_search_path = '${folder}'`);
    const result = await connection.runAndReadAll(sql);
    return result.getRowObjects();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
