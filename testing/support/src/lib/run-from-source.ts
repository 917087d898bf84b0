import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withoutPackage } from './without-package.ts';

/** The options with which Node runs TypeScript, and our packages, from their sources, in any folder. */
export const FROM_SOURCE: readonly string[] = [
  '--conditions=@metering/source',
  '--import',
  import.meta.resolve('tsx'),
];

export interface RunFromSourceOptions {
  /** The folder that it runs in. Default: this process's own. */
  readonly cwd?: string | undefined;
  readonly args?: readonly string[] | undefined;
  /** Beside this process's own environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** A package that it shall not find, as where that is not installed. */
  readonly missing?: string | undefined;
}

/**
 * Runs a program in TypeScript to its end, in a process of its own, and gives what it printed. Where it
 * fails, what it printed is in the error.
 */
export function runFromSource(
  program: string,
  { cwd, args = [], env = {}, missing }: RunFromSourceOptions = {},
): Promise<{ stdout: string; stderr: string }> {
  const without = missing === undefined ? [] : withoutPackage(missing);
  return promisify(execFile)(process.execPath, [...FROM_SOURCE, ...without, program, ...args], {
    cwd,
    env: { ...process.env, ...env },
  });
}
