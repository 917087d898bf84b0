import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface RunChildOptions {
  readonly cwd: string;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

const TSX = import.meta.resolve('tsx');

/** Runs a program of `children/` from source, in a process of its own, and gives what it prints. */
export async function runChild(name: string, options: RunChildOptions): Promise<string> {
  const { cwd, args = [], env = {} } = options;
  const script = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  const flags = ['--conditions=@metering/source', '--import', TSX, script, ...args];
  const child = promisify(execFile)(process.execPath, flags, {
    cwd,
    env: { ...process.env, ...env },
  });
  return (await child).stdout;
}
