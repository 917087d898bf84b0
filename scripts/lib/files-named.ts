import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** All files of such names that are in the repository, or are about to be: from its root, where this runs. */
export function filesNamed(...patterns: readonly string[]): string[] {
  const options = ['--cached', '--others', '--exclude-standard', '--deduplicate'];
  const anywhere = patterns.flatMap((pattern) => [pattern, `**/${pattern}`]);
  return execFileSync('git', ['ls-files', ...options, ...anywhere], { maxBuffer: 2 ** 26 })
    .toString()
    .split('\n')
    .filter((file) => file !== '' && existsSync(file));
}
