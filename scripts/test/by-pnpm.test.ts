import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@metering/testing-support';
import { beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const WORKSPACE = join(import.meta.dirname, '../..');
const PROGRAM = `
import { isRunByNpm, runByPnpm } from './by-pnpm.mjs';
if (isRunByNpm()) runByPnpm(process.argv.slice(2));
console.log('by itself');
`;
/** Says what it is asked for. The real one runs pnpm whenever all tests are run as the README says. */
const NPX = `#!/bin/sh
printf '%s\\n' "$@"
exit 3
`;
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  await copyFile(join(WORKSPACE, 'scripts/lib/by-pnpm.mjs'), join(folder, 'by-pnpm.mjs'));
  await writeFile(join(folder, 'begin.mjs'), PROGRAM);
  await writeFile(join(folder, 'npx'), NPX, { mode: 0o755 });
  const scripts = { begin: 'node begin.mjs' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts }));
});

/** What a command prints, and what it ends with, in a user's environment: pnpm, which may run this, sets its own. */
async function outcomeOf(command: string, args: readonly string[]) {
  const own = Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name));
  const PATH = [folder, process.env.PATH].join(delimiter);
  const env = { ...Object.fromEntries(own), PATH };
  const { stdout, code = 0 } = (await run(command, args, { cwd: folder, env }).catch(
    (error: { stdout: string; code: unknown }) => error,
  )) as { stdout: string; code?: unknown };
  return { lines: stdout.trim().split('\n'), code };
}

it('hands a script that npm runs to pnpm, with its arguments, and ends as it ends', async () => {
  const args = ['run', '--silent', 'begin', '--', '--filter', 'a b'];
  expect(await outcomeOf('npm', args)).toEqual({
    lines: ['-y', 'pnpm@12', 'run', 'begin', '--filter', 'a b'],
    code: 3,
  });
});

it('hands over nothing that Node runs, or npx', async () => {
  expect(await outcomeOf('node', ['begin.mjs'])).toEqual({ lines: ['by itself'], code: 0 });
  const args = ['exec', '--call', 'node begin.mjs'];
  expect(await outcomeOf('npm', args)).toEqual({ lines: ['by itself'], code: 0 });
});
