import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { BenchContext } from './bench-context.ts';
import { GOALS } from './goals.ts';
import type { Measurement } from './measurement.ts';
import { median } from './statistics.ts';

const run = promisify(execFile);
const PROJECT = join(import.meta.dirname, '../..');

/** How long the README's first command takes, and how much of that is not ours. */
export function quickstartMeasurement({ scratch }: BenchContext): Measurement {
  const what = 'the quickstart, from command to prompt';
  const target = join(scratch, 'quickstart');
  const times = { quickstart: [] as number[], nothing: [] as number[] };
  return {
    what,
    async run() {
      times.nothing.push(await timeNpm('--version'));
      times.quickstart.push(await timeNpm('run', 'quickstart', '--', target));
      await rm(target, { recursive: true });
    },
    rows() {
      const ours = `${median(times.quickstart).toFixed(0)} ms`;
      const nothing = `${median(times.nothing).toFixed(0)} ms`;
      const others = [{ rounds: times.quickstart, goal: GOALS.quickstart }];
      return [{ what, ours, peer: `npm, for nothing ${nothing}`, others }];
    },
  };
}

async function timeNpm(...args: readonly string[]): Promise<number> {
  const start = performance.now();
  await run('npm', args, { cwd: PROJECT, env: userEnvironment() });
  return performance.now() - start;
}

/** Without what the pnpm that runs this has set for its scripts. */
function userEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !/^(npm|pnpm)_|^NODE_OPTIONS$/i.test(name)));
}
