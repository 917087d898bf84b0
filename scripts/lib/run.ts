import { execFileSync } from 'node:child_process';

/** Where and how a command runs. */
export interface RunOptions {
  readonly cwd: string;
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Runs a command to its end and returns what it printed; its errors go to ours. */
export function run(command: string, args: readonly string[], { cwd, env }: RunOptions): string {
  console.log(`$ ${command} ${args.join(' ')}`);
  return execFileSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
