import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const BENCHMARKS = fileURLToPath(new URL('..', import.meta.url));
const ROWS = [
  'write "random", pages of 16 MiB',
  'write "nested", pages of 1 MB',
  'read one page, iterated',
  'read pages of 1 MB, iterated',
  'read pages of 1 MB, kept',
  'totals over pages of 1 MB',
  'write one page of 1 record, warm',
  'read one page of 100 records, warm',
  'gap of the event loop, writing 2 MB, an array',
  'gap of the event loop, writing 2 MB, an iterable',
  'peak memory, writing 20 MB of an async iterable',
  'peak memory, reading a page of 1 MB, iterated',
  'list one minute (100 files) among 2000 files of a folder',
];

/** What the command prints when it measures a little. */
async function bench(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const small = ['--megabytes', '1', '--rounds', '1', '--repeat', '1', '--data', 'random,nested'];
  const node = ['--conditions=@metering/source', '--import', 'tsx', 'bench.ts', ...small, ...args];
  const env = { ...process.env, ...environment };
  const { stdout } = await run(process.execPath, node, { cwd: BENCHMARKS, env });
  return stdout;
}

describe('the bench command', { timeout: 300_000 }, () => {
  it('measures everything, beside a Go that did the same work', async () => {
    const output = await bench(['--only', 'write,read,small,loop,memory,listing']);
    for (const row of ROWS) expect(output).toContain(row);
  });

  it('leaves Go out, and says so, where there is none', async () => {
    const output = await bench(['--only', 'read', '--markdown'], { PATH: '' });
    expect(output).toContain('no Go, which is not installed');
    expect(output).not.toContain('goroutines');
  });

  // Without Go there is no ratio, and nothing was beyond its gate.
  it('checks nothing where there is no Go, unless it is asked to do without', async () => {
    await expect(bench(['--only', 'read', '--check'], { PATH: '' })).rejects.toThrow(
      '--check compares with Go',
    );
    const output = await bench(['--only', 'read', '--check', '--without-go'], { PATH: '' });
    expect(output).toContain('no Go, as asked');
  });
});
