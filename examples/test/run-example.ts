import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const EXAMPLES = join(import.meta.dirname, '..');
const FROM_SOURCE = ['--conditions=@metering/source', '--import', import.meta.resolve('tsx')];

export interface RunExampleOptions {
  /** The folder that it runs in. */
  readonly cwd: string;
  readonly args?: readonly string[] | undefined;
  /** Beside this process's own environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Runs an example as a user would; resolves to what it printed. */
export async function runExample(
  file: string,
  { cwd, args = [], env = {} }: RunExampleOptions,
): Promise<string> {
  const run = [...FROM_SOURCE, join(EXAMPLES, file), ...args];
  const child = promisify(execFile)(process.execPath, run, {
    cwd,
    env: { ...process.env, ...env },
  });
  return (await child).stdout;
}
