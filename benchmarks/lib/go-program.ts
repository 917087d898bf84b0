import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TimedResult } from './task.ts';

const run = promisify(execFile);

/** The Go side of a measurement. */
export interface GoProgram {
  readonly version: string;
  run(args: readonly string[]): Promise<GoResult>;
}

export interface GoResult extends TimedResult {
  /** How many were the fastest. */
  readonly goroutines: number;
}

/** Builds the Go program into a folder; undefined where there is no Go. */
export async function buildGoProgram(folder: string): Promise<GoProgram | undefined> {
  const version = await goVersion();
  if (version === undefined) return undefined;
  const program = join(folder, process.platform === 'win32' ? 'benchmark.exe' : 'benchmark');
  await run('go', ['build', '-buildvcs=false', '-o', program, '.'], {
    cwd: join(import.meta.dirname, '../go'),
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  return {
    version,
    async run(args) {
      const { stdout } = await run(program, args);
      return JSON.parse(stdout);
    },
  };
}

async function goVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await run('go', ['env', 'GOVERSION']);
    return stdout.trim();
  } catch {
    return undefined;
  }
}
