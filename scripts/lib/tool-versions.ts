import { execFileSync } from 'node:child_process';

/**
 * The tools outside of the lockfile that test results depend on, as part of turbo's cache key: tests
 * run again on another Node, and where Go is found for the first time.
 */
export function toolVersions(): string {
  return [`node ${process.version}`, goVersion()].join(', ');
}

function goVersion(): string {
  try {
    return execFileSync('go', ['version'], { encoding: 'utf8' }).trim();
  } catch {
    return 'no go';
  }
}
