import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const WORKSPACE = join(import.meta.dirname, '../..');
const PROGRAM = `
import { isRunByNpm, runByPnpm } from './by-pnpm.mjs';
const args = process.argv.slice(2);
console.log(isRunByNpm() ? 'npm' : 'pnpm', ...args);
if (isRunByNpm()) runByPnpm(args);
process.exit(3);
`;
/** A user's: where pnpm runs the tests, npm would call itself what pnpm has set. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name)),
);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-by-pnpm-'));
  await copyFile(join(WORKSPACE, 'scripts/lib/by-pnpm.mjs'), join(folder, 'by-pnpm.mjs'));
  await copyFile(join(WORKSPACE, '.npmrc'), join(folder, '.npmrc'));
  await writeFile(join(folder, 'begin.mjs'), PROGRAM);
  const scripts = { begin: 'node begin.mjs' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts }));
});
afterAll(() => rm(folder, { recursive: true }));

it('hands a script that npm runs to pnpm, with its arguments, and ends as it ends', async () => {
  const args = ['run', '--silent', 'begin', '--', '--filter', 'a b'];
  const failure = await run('npm', args, { cwd: folder, env }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/^npm --filter a b\n(.*\n)*pnpm --filter a b\n/),
  });
});
