import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const WORKSPACE = join(import.meta.dirname, '../..');
const BUNDLES = join(WORKSPACE, 'node_modules/.cache/metering');
const QUICKSTART = ['scripts/run-bundled.mjs', 'examples/quickstart/quickstart.ts'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-scripts-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  const ours = (await readdir(BUNDLES)).filter((name) => name.includes(basename(folder)));
  for (const name of ours) await rm(join(BUNDLES, name), { recursive: true });
});

async function quickstart(target: string): Promise<string> {
  const env = { ...process.env, TMPDIR: folder };
  const { stdout } = await run(process.execPath, [...QUICKSTART, target], { cwd: WORKSPACE, env });
  return stdout;
}

describe('the quickstart in one file', () => {
  it('meters into the folder that it is given', async () => {
    expect(await quickstart(join(folder, 'usage'))).toContain('Wrote 180 pages');
  });

  it('loads what only a configuration file needs: a parser of YAML, which is CommonJS for Node', async () => {
    const config = join(folder, 'usage.yaml');
    await writeFile(config, `type: localfs\nlocalfs:\n  base-path: ${join(folder, 'other')}\n`);
    expect(await quickstart(config)).toContain('Wrote 180 pages');
  });
});

// A bundle is kept for the next time: one that went on being used after a change would run old code.
it('runs what a program and its modules say now', async () => {
  const program = join(folder, 'program.ts');
  const sum = () =>
    run(process.execPath, ['scripts/run-bundled.mjs', program, '3'], { cwd: WORKSPACE });
  await writeFile(
    program,
    "import { two } from './two.ts';\nconsole.log(two + process.argv[2]);\n",
  );
  await writeFile(join(folder, 'two.ts'), "export const two: string = '2+';\n");
  expect((await sum()).stdout).toBe('2+3\n');
  expect((await sum()).stdout).toBe('2+3\n');
  await writeFile(join(folder, 'two.ts'), "export const two: string = 'two+';\n");
  expect((await sum()).stdout).toBe('two+3\n');
});
