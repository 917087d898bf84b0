import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { injectTables } from '../lib/document.ts';
import { scaleTables } from '../lib/tables.ts';

describe('docs/scale.md', () => {
  it('says what is computed; else run `pnpm scale --write`', () => {
    const document = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');
    expect(document).toBe(injectTables(document, scaleTables()));
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
