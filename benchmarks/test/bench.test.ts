import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const BENCHMARKS = fileURLToPath(new URL('..', import.meta.url));
const EVERY_ROW = [
  'write in memory, pages of 16 MiB',
  'write in memory, pages of 1 MB',
  'write to a folder, pages of 16 MiB',
  'read in memory, one page',
  'read from a folder, one page',
  'read in memory, pages of 1 MB',
  'read from a folder, pages of 1 MB',
  'longest gap of the event loop, writing 4 MB, an array',
  'longest gap of the event loop, writing 4 MB, an iterable',
  'peak memory, writing 4 MB, an iterable',
];

/** What the command prints when it measures a little. */
async function bench(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const small = ['--megabytes', '2', '--rounds', '1', '--repeat', '1'];
  const node = ['--conditions=@metering/source', '--import', 'tsx', 'bench.ts', ...small, ...args];
  const env = { ...process.env, ...environment };
  const { stdout } = await run(process.execPath, node, { cwd: BENCHMARKS, env });
  return stdout;
}

describe('the bench command', { timeout: 300_000 }, () => {
  it('measures everything, beside a Go that did the same work', async () => {
    const output = await bench([]);
    for (const row of EVERY_ROW) expect(output).toContain(row);
  });

  it('leaves Go out, and says so, where there is none', async () => {
    const output = await bench(['--markdown'], { PATH: '' });
    expect(output).toContain('no Go, which is not installed');
    expect(output).toContain('|  | ours | asked |');
  });
});
