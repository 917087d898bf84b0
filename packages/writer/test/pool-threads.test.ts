import { fileURLToPath } from 'node:url';
import { runFromSource } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { poolThreads } from '../src/lib/gzip/pool-threads.ts';

it.each([
  [undefined, 4],
  ['8', 8],
  [' 8 threads', 8],
  ['2.9', 2],
  ['0', 1],
  ['-0', 1],
  ['', 1],
  ['abc', 1],
  ['1e9', 1],
  ['-1', 1024],
  ['1024', 1024],
  ['1000000', 1024],
])('the setting %j is %i threads, as libuv takes it', (setting, threads) => {
  expect(poolThreads(setting)).toBe(threads);
});

// With a negative one, for which libuv makes 1,024 threads, no page ever got its turn: the process just ended.
it.each(['-1', '-0.5', '0', 'abc', '1e9'])('pages are written with %s threads', async (size) => {
  const program = fileURLToPath(new URL('children/large-page.ts', import.meta.url));
  const { stdout } = await runFromSource(program, { env: { UV_THREADPOOL_SIZE: size } });
  expect(stdout).toBe('created\n');
});
