import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConfigFormat, configJsonSchema, parseConfig, parseUri } from '@metering/config';
import { ConfigError } from '@metering/core';
import { temporaryFolder } from '@metering/testing-support';
import { beforeEach, describe, expect, it } from 'vitest';
import { runChild } from './run-child.ts';

const DOCUMENTS = ['../README.md', '../../../docs/configuration.md'];
const POOL = 'metering/ru/1755850380/api/pool-1';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

async function read(document: string): Promise<string> {
  return readFile(new URL(document, import.meta.url), 'utf8');
}

describe('the programs that the documents show', () => {
  it('open what the environment names', async () => {
    const env = { METERING_STORAGE_URI: `file://${folder}?shared-pool-id=pool-1` };
    await runChild('usage', { cwd: folder, env });
    expect(await readdir(join(folder, POOL))).toEqual(['api1-0.json.gz']);
  });

  it('open an object', async () => {
    await runChild('object', { cwd: folder });
    expect(await readdir(join(folder, 'usage/metering-data', POOL))).toEqual(['api1-0.json.gz']);
  });
});

describe.each(DOCUMENTS)('%s', (document) => {
  it('shows configuration files that can be read', async () => {
    const blocks = [...(await read(document)).matchAll(/^```(yaml|json|toml)\n(.*?)^```$/gms)];
    expect(blocks.length).toBeGreaterThan(0);
    for (const [, format, text] of blocks) {
      await parseConfig(text!, format as ConfigFormat, { env: { STORAGE_SECRET: 's' } });
    }
  });

  it('shows URIs that can be read', async () => {
    const blocks = [...(await read(document)).matchAll(/^```uri\n(.*?)^```$/gms)];
    expect(blocks.length).toBeGreaterThan(0);
    for (const [, lines] of blocks) for (const uri of lines!.trim().split('\n')) parseUri(uri);
  });
});

// A block could say that it is checked, and be of a kind that is not looked at.
it.each([
  ['../README.md', ['uri']],
  ['../../../docs/configuration.md', ['uri', 'Invalid']],
])('%s says of no other block that it is checked here', async (document, kinds) => {
  const text = await read(document);
  const blocks = text.matchAll(/documentation\.test\.ts -->\n```(uri\n|\nInvalid )/g);
  expect([...blocks].map(([, kind]) => kind!.trim())).toEqual(kinds);
  expect(text.match(/documentation\.test\.ts/g)).toHaveLength(kinds.length);
});

it('docs/configuration.md shows what an error says', async () => {
  const [, shown] =
    /^```\n(Invalid .*?)^```$/ms.exec(await read('../../../docs/configuration.md')) ?? [];
  const file = 'type: s3\nbucket: b\naws:\n  s3-force-path-style: "yes"\nshared-pool: pool-1\n';
  const error = await parseConfig(file, 'yaml', { source: 'usage.yaml' }).catch(
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ message: shown?.trim().replaceAll('\n', ' ') });
});

it('docs/configuration.md says of each URI that it lists whether it is refused', async () => {
  const rows = (await read('../../../docs/configuration.md')).matchAll(
    /^\| `(\w+:[^`]*)` \| .* \| (.*) \|$/gm,
  );
  const listed = [...rows].map(([, uri, here]) => ({ uri: uri!, refused: /^refused/.test(here!) }));
  expect(listed.length).toBeGreaterThan(15);
  expect(listed.map(({ uri }) => ({ uri, refused: isRefused(uri) }))).toEqual(listed);
});

function isRefused(uri: string): boolean {
  try {
    parseUri(uri);
    return false;
  } catch (error) {
    if (error instanceof ConfigError) return true;
    throw error;
  }
}

// A name counts in the first column: elsewhere an option may well be named that no row describes.
it('docs/configuration.md has a row for every option, and for nothing else', async () => {
  const text = await read('../../../docs/configuration.md');
  const { properties } = configJsonSchema() as { properties: Record<string, Property> };
  const options = Object.entries(properties).flatMap(([name, { properties: inner }]) =>
    inner === undefined ? [name] : Object.keys(inner),
  );
  const expected = new Set(options.filter((name) => name !== '$schema'));
  expect(describedOptions(text)).toEqual([...expected].sort());
  for (const name of Object.keys(properties))
    if (name !== '$schema') expect(text).toContain(`\`${name}\``);
});

/** What the first columns of the tables of options name. */
function describedOptions(text: string): string[] {
  const tables = text.matchAll(/^\| option \|.*\n\|[-| ]+\n((?:\|.*\n)*)/gm);
  const cells = [...tables].flatMap(([, rows = '']) =>
    rows.split('\n').map((row) => row.split(' | ')[0]!),
  );
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)).sort();
}

interface Property {
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}
