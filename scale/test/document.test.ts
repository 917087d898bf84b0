import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { injectTables } from '../lib/document.ts';
import { fleetOf } from '../lib/fleet.ts';
import { count } from '../lib/format.ts';
import { ONE_PROCESS } from '../lib/limits.ts';
import { JSON_BYTES, monthOf, STORED_BYTES } from '../lib/month.ts';
import { scaleTables } from '../lib/tables.ts';

describe('docs/scale.md', () => {
  const document = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');

  it('says what is computed; else run `pnpm scale --write`', () => {
    expect(document).toBe(injectTables(document, scaleTables()));
  });

  it('says the same in words', () => {
    const { page, record } = STORED_BYTES;
    const { instances } = monthOf(fleetOf(1_000_000));
    const words = document.replaceAll('\n', ' ');
    expect(words).toContain(`${page} bytes, and ${record} for each record`);
    expect(words).toContain(`of ${JSON_BYTES.record} bytes of JSON`);
    expect(words).toContain(`The ${count(instances)} writers of a million clusters`);
    expect(words).toContain(`some ${count(ONE_PROCESS.recordsPerSecond)} records in a second`);
    expect(words).toContain(`fetches some ${count(ONE_PROCESS.readsPerSecond)} pages a second`);
  });
});

describe('injectTables', () => {
  const document = 'Text\n\n<!-- computed: bill -->\n| old |\n| --- |\n\nMore\n';

  it('replaces the table below a marker and nothing else', () => {
    const text = injectTables(document, new Map([['bill', '| new |\n| --- |\n| 1 |\n']]));
    expect(text).toBe('Text\n\n<!-- computed: bill -->\n| new |\n| --- |\n| 1 |\n\nMore\n');
  });

  it('refuses a marker that names no table, and a table without a marker', () => {
    expect(() => injectTables(document, new Map())).toThrow('Nothing computes bill');
    const tables = new Map([
      ['bill', ''],
      ['month', ''],
    ]);
    expect(() => injectTables(document, tables)).toThrow('no marker of month');
  });
});
