import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const EXAMPLES = join(import.meta.dirname, '..');
const FROM_SOURCE = ['--conditions=@metering/source', '--import', import.meta.resolve('tsx')];

/** Runs an example as a user would, in a folder of its choice; resolves to what it printed. */
export async function runExample(
  file: string,
  cwd: string,
  ...options: readonly string[]
): Promise<string> {
  const run = [...FROM_SOURCE, join(EXAMPLES, file), ...options];
  const { stdout } = await promisify(execFile)(process.execPath, run, { cwd });
  return stdout;
}
