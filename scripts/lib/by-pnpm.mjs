import { spawnSync } from 'node:child_process';

/** Whether this is a script of npm, which installs nothing before, and brings no pnpm for what the script starts. */
export function isRunByNpm() {
  const { npm_config_user_agent: agent, npm_command: command } = process.env;
  return (agent?.startsWith('npm/') ?? false) && command !== 'exec';
}

/** Runs the script that npm is at once more, by pnpm, which installs first what is missing, and ends as it ends. */
export function runByPnpm(args) {
  const script = process.env.npm_lifecycle_event;
  const { status, error } = spawnSync('npx', ['-y', 'pnpm@12', 'run', script, ...args], {
    stdio: 'inherit',
    // npx is a script on Windows.
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  process.exit(status ?? 1);
}
