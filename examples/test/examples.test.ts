import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultProxy } from '@metering/testing-servers';
import { temporaryFolder } from '@metering/testing-support';
import { afterAll, describe, expect, it } from 'vitest';
import { runExample } from './run-example.ts';
import type { ExampleStore } from './stores/example-store.ts';
import { startStores } from './stores/start-stores.ts';

const EXAMPLES = join(import.meta.dirname, '..');
const FOLDERS = ['configuration', 'observability', 'reading', 'storage', 'writing'];
const ANY = ['a folder', 'minio'];

/** What each example runs on. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  'configuration/environment.ts': [...ANY, 'versitygw', 'oss', 'azurite'],
  'configuration/files.ts': ['a folder'],
  'configuration/object.ts': ['a folder'],
  'configuration/uris.ts': ['a folder'],
  'observability/logging.ts': ['a folder'],
  'observability/opentelemetry.ts': ['a folder'],
  'reading/metadata-cache.ts': ANY,
  'reading/metadata.ts': ANY,
  'reading/metering.ts': ANY,
  'reading/totals.ts': ANY,
  'storage/azure.ts': ['azurite'],
  'storage/custom-client.ts': ['minio'],
  'storage/direct-provider.ts': ['a folder'],
  'storage/oss-role.ts': ['oss'],
  'storage/oss.ts': ['oss'],
  'storage/s3-compatible.ts': ['minio', 'versitygw'],
  'storage/s3-role.ts': ['minio'],
  'storage/s3.ts': ['minio'],
  'writing/errors.ts': ANY,
  'writing/metadata.ts': ANY,
  'writing/metering.ts': ANY,
  'writing/pagination.ts': ANY,
  'writing/shared-pools.ts': ANY,
};

const stores = await startStores();
afterAll(async () => {
  await Promise.all(stores.map((store) => store.stop()));
});

describe.each(Object.entries(RUNS))('%s prints what it says', (file, names) => {
  for (const { name, missing, newEnvironment } of names.map(storeNamed)) {
    it(`on ${name}`, async ({ skip }) => {
      if (missing !== undefined) skip(missing);
      const cwd = await temporaryFolder();
      const printed = await runExample(file, { cwd, env: await newEnvironment(cwd) });
      expect(printed).toMatch(await promised(file));
    });
  }
});

describe.each([
  ['storage/s3-role.ts', 'minio', 'AWS_ENDPOINT_URL'],
  ['storage/oss-role.ts', 'oss', 'STS_ENDPOINT'],
])('%s', (file, name, variable) => {
  it(`takes the role on once, at what ${variable} names`, async ({ skip }) => {
    const { missing, newEnvironment } = storeNamed(name);
    if (missing !== undefined) skip(missing);
    const cwd = await temporaryFolder();
    const env = await newEnvironment(cwd);
    const proxy = await FaultProxy.start(env[variable] ?? '');
    await runExample(file, { cwd, env: { ...env, [variable]: proxy.endpoint } });
    expect(proxy.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await proxy.stop();
  });
});

describe('the examples', () => {
  it('are all run', async () => {
    const files = await Promise.all(FOLDERS.map(programsIn));
    expect(Object.keys(RUNS)).toEqual(files.flat());
  });

  it('import nothing but packages', async () => {
    for (const file of Object.keys(RUNS)) {
      const imports = [...(await sourceOf(file)).matchAll(/^(?:import .*|} )from '(.+)';$/gm)];
      expect(imports).not.toEqual([]);
      for (const [, name] of imports) expect(name, file).toMatch(/^[^./]/);
    }
  });

  it('are listed in the README, each with what it shows', async () => {
    const readme = await sourceOf('README.md');
    for (const file of Object.keys(RUNS)) expect(readme).toContain(`| [${file}](${file}) |`);
  });
});

function storeNamed(name: string): ExampleStore {
  const store = stores.find((candidate) => candidate.name === name);
  if (store === undefined) throw new Error(`No store ${name}`);
  return store;
}

async function programsIn(folder: string): Promise<string[]> {
  const names = await readdir(join(EXAMPLES, folder));
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

async function sourceOf(file: string): Promise<string> {
  return readFile(join(EXAMPLES, file), 'utf8');
}

/** What the end of an example says that it prints, at whatever time it runs. */
async function promised(file: string): Promise<RegExp> {
  const [, comment = ''] = (await sourceOf(file)).split('\n// Prints:\n');
  const lines = comment.replaceAll(/^\/\/ /gm, '');
  const literal = lines.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/1755850(380|419)/g, '\\d{10}')}$`);
}
