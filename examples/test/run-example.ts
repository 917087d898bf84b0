import { join } from 'node:path';
import { type RunFromSourceOptions, runFromSource } from '@metering/testing-support';

const EXAMPLES = join(import.meta.dirname, '..');

/** Runs an example as a user would, in a folder; resolves to what it printed. */
export async function runExample(
  file: string,
  options: RunFromSourceOptions & { readonly cwd: string },
): Promise<string> {
  return (await runFromSource(join(EXAMPLES, file), options)).stdout;
}
