/** `node scripts/run-by-pnpm.mjs PROGRAM [arguments]`: runs a TypeScript program, for `npm run` where pnpm is. */
import { pathToFileURL } from 'node:url';
import { isRunByNpm, runByPnpm } from './lib/by-pnpm.mjs';

const [program, ...args] = process.argv.slice(2);
if (isRunByNpm()) runByPnpm(args);
const { register } = await import('tsx/esm/api');
register();
process.argv = [process.execPath, program, ...args];
await import(pathToFileURL(program));
