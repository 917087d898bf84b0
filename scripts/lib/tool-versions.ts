import { execFileSync } from 'node:child_process';

/**
 * The tools outside of the lockfile that test results depend on, as part of turbo's cache key: tests
 * run again on another Node, and where Go or Chromium is found for the first time.
 */
export function toolVersions(): string {
  const go = versionOf('go', 'version');
  const chromium = versionOf('chromium', '--version');
  return [`node ${process.version}`, go, chromium].join(', ');
}

function versionOf(tool: string, option: string): string {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    return execFileSync(tool, [option], { encoding: 'utf8', stdio: [...stdio] }).trim();
  } catch {
    return `no ${tool}`;
  }
}
