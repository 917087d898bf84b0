import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../go/', import.meta.url));

/** What the Go program found in a file. */
export interface GoLine {
  readonly key: string;
  readonly path: string;
  readonly kind: string;
  readonly text: string;
}

export function isGoInstalled(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/** Builds `interop/go` into a folder and gives the path of the program. */
export function buildGoProgram(folder: string): string {
  const program = join(folder, process.platform === 'win32' ? 'interop.exe' : 'interop');
  const env = { ...process.env, GOTOOLCHAIN: 'local' };
  execFileSync('go', ['build', '-buildvcs=false', '-o', program, '.'], { cwd: SOURCE, env });
  return program;
}

/** Everything that Go finds in the files of a folder. */
export function readWithGo(program: string, folder: string): GoLine[] {
  const output = execFileSync(program, [folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
