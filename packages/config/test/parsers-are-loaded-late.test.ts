import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runChild } from './run-child.ts';

type Imported = Readonly<Record<'neither' | 'yaml' | 'toml', readonly string[]>>;

const YAML = /\/node_modules\/yaml\//;
const TOML = /\/node_modules\/smol-toml\//;
let folder: string;
let imported: Imported;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-imports-'));
  const args = [join(folder, 'imports.txt')];
  imported = JSON.parse(await runChild('import-parsers', { cwd: folder, args }));
});
afterAll(() => rm(folder, { recursive: true }));

it('a folder needs no parser and no cloud', () => {
  const neither = imported.neither.join('\n');
  expect(neither).toMatch(/\/config\/src\/lib\/open-storage\.ts/);
  expect(neither).not.toMatch(YAML);
  expect(neither).not.toMatch(TOML);
  expect(neither).not.toMatch(/aws-sdk|ali-oss|alicloud|@azure/);
});

it('each parser is loaded when its language is read', () => {
  expect(imported.yaml.join('\n')).toMatch(YAML);
  expect(imported.yaml.join('\n')).not.toMatch(TOML);
  expect(imported.toml.join('\n')).toMatch(TOML);
});
