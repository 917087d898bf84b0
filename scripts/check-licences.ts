/** `pnpm check-licences`: every dependency's licence is one that we, or our users, can live with. */
import { join } from 'node:path';
import { type Licensed, unacceptable } from './lib/licences.ts';
import { run } from './lib/run.ts';

const WORKSPACE = join(import.meta.dirname, '..');
/** What may come along into a user's application. */
const SHIPPED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
];
/** What may besides be used to build and test. */
const TOOLS = [...SHIPPED, 'MPL-2.0', 'Python-2.0', 'Unlicense', 'WTFPL'];
/** Licences that a manifest does not name as SPDX has them, and where they were found. */
const FOUND_ELSEWHERE: Readonly<Record<string, string>> = {
  'humanize-number': 'MIT', // its Readme.md
  only: 'MIT', // its Readme.md
  'pause-stream': 'Apache-2.0', // its LICENSE: MIT or Apache 2
  spawndamnit: 'MIT', // its LICENSE
  'uri-templates': 'MIT', // its README.md: public domain or MIT
};

const refused = [
  ...unacceptable(licencesOf('--filter=./packages/*', '--prod'), SHIPPED, FOUND_ELSEWHERE),
  ...unacceptable(licencesOf('--recursive'), TOOLS, FOUND_ELSEWHERE),
];
for (const problem of refused) console.error(problem);
if (refused.length > 0) process.exitCode = 1;
else console.log('Every licence is acceptable.');

/** Packages by the licence that their manifests name. */
function licencesOf(which: string, ...options: readonly string[]): Licensed {
  const list = [which, 'licenses', 'list', ...options, '--json'];
  return JSON.parse(run('pnpm', list, { cwd: WORKSPACE }));
}
