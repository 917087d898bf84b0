import { join } from 'node:path';
import { type RunFromSourceOptions, runFromSource } from '@metering/testing-support';

/** Runs a program of `children/` in a folder, and gives what it prints. */
export async function runChild(
  name: string,
  options: RunFromSourceOptions & { readonly cwd: string },
): Promise<string> {
  const program = join(import.meta.dirname, 'children', `${name}.ts`);
  return (await runFromSource(program, options)).stdout;
}
