import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileSnippets, type Snippet } from './compile-snippets.ts';

/** A row of the tables under "Name by name". */
interface Row {
  /** What stands in the column of the Go SDK, between backticks. */
  readonly go: readonly string[];
  readonly here: readonly Snippet[];
}

const GO_NAME = /^[a-z]+\.[A-Z]\w*$/;
let rows: readonly Row[];
let goNames: readonly string[];

beforeAll(async () => {
  const document = await read('../../docs/migrating-from-go.md');
  rows = rowsOf(document);
  goNames = JSON.parse(await read('./vectors/go-api.json')).names;
});

describe('docs/migrating-from-go.md', () => {
  it('has every name that the Go SDK exports, and no other', () => {
    const named = new Set(rows.flatMap(({ go }) => go));
    expect([...named].filter((name) => !goNames.includes(name))).toEqual([]);
    expect(goNames.filter((name) => !named.has(name))).toEqual([]);
  });

  it('says something of each row', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter(({ here }) => here.length !== 1)).toEqual([]);
  });

  it('names nothing that is not exported by its package, and no option that there is not', () => {
    expect(compileSnippets(rows.flatMap(({ here }) => here))).toEqual([]);
  });
});

it('a name, a package, an option, a method or a type that is not there is refused', () => {
  const wrong = [
    ['createMeteringWritr({ storage })', 'writer'],
    ['createMeteringWriter({ storage })', 'reader'],
    ['createMeteringWriter({ storage, pageSize })', 'writer'],
    ['createMetaReader({ storage, cache: { maxSize } })', 'reader'],
    ['writer.write(data, { signl })', 'writer'],
    ['reader.get(key)', 'reader'],
    ['MeteringDatum', 'core'],
  ].map(([code = '', name]) => ({ code, packageName: `@metering/${name}` }));
  const refused = compileSnippets(wrong).map(({ code }) => code);
  expect(refused).toEqual(wrong.map(({ code }) => code));
});

async function read(path: string): Promise<string> {
  return readFile(new URL(path, import.meta.url), 'utf8');
}

function rowsOf(document: string): Row[] {
  const [, section = ''] = /^## Name by name$(.*?)^## /ms.exec(document) ?? [];
  const lines = section.split('\n').filter((line) => /^\| .*`/.test(line));
  return lines.map((line) => {
    const [, go = '', here = '', packageName = ''] = line.split(/ ?\| ?/);
    return {
      go: goNamesIn(spansOf(go)),
      here: spansOf(here).map((code) => ({ code, packageName: `@metering/${packageName}` })),
    };
  });
}

function spansOf(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
}

/** A name that begins with a dot belongs to the one before it. Variables and other packages' are left out. */
function goNamesIn(spans: readonly string[]): string[] {
  let owner = '';
  return spans.flatMap((span) => {
    if (span.startsWith('.')) return [owner + span];
    owner = span;
    return GO_NAME.test(span) && !/^(yaml|json|toml)\./.test(span) ? [span] : [];
  });
}
