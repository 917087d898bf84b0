/** `pnpm links`: every link of every document leads to a file that is there, and to a heading of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenLinks } from './lib/broken-links.ts';
import { filesNamed } from './lib/files-named.ts';

process.chdir(join(import.meta.dirname, '..'));

const textOf = (path: string) => readFileSync(path, 'utf8');
const documents = filesNamed('*.md').filter((file) => !/^etc\//.test(file));
const broken = documents.flatMap((file) => brokenLinks(file, { exists: existsSync, textOf }));
for (const problem of broken) console.error(problem);
if (broken.length > 0) process.exitCode = 1;
else console.log(`Every link of ${documents.length} documents leads somewhere.`);
