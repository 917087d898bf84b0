import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One task of a package, as `turbo run --dry=json` plans it. */
export interface TurboTask {
  readonly task: string;
  readonly package: string;
  /** The package's folder, relative to the workspace. */
  readonly directory: string;
  /** The package's own script, or `<NONEXISTENT>`. */
  readonly command: string;
}

const TURBO = fileURLToPath(import.meta.resolve('turbo/bin/turbo'));
const NO_SUCH_SCRIPT = '<NONEXISTENT>';

/** The tasks that `turbo run` with these arguments would run, those of packages without that script among them. */
export async function planTasks(task: string, options: readonly string[]): Promise<TurboTask[]> {
  const plan = await runTurbo(['run', task, '--dry=json', ...options], 'pipe');
  if (plan.exitCode !== 0) return [];
  const { tasks } = JSON.parse(plan.output) as { readonly tasks: readonly TurboTask[] };
  return tasks.filter((planned) => planned.task === task);
}

/** Whether the package has a script for the task. */
export function hasScript({ command }: TurboTask): boolean {
  return command !== NO_SUCH_SCRIPT;
}

/** Runs a task in every package that has it; resolves to the exit code. */
export async function runTasks(task: string, options: readonly string[]): Promise<number> {
  const { exitCode } = await runTurbo(['run', task, ...options], 'inherit');
  return exitCode;
}

interface TurboRun {
  readonly exitCode: number;
  readonly output: string;
}

function runTurbo(options: readonly string[], stdout: 'pipe' | 'inherit'): Promise<TurboRun> {
  const child = spawn(process.execPath, [TURBO, ...options], {
    stdio: ['ignore', stdout, 'inherit'],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
