/** `pnpm check-packages`: packs every package, and checks what its users would get. Build first. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemsOfPacked, readPackedPackage } from './lib/packed-package.ts';

process.chdir(join(import.meta.dirname, '..'));
const folder = mkdtempSync(join(tmpdir(), 'metering-packed-'));
try {
  const pack = ['--filter', './packages/*', 'pack', '--pack-destination', folder];
  execFileSync('pnpm', pack, { stdio: ['ignore', 'ignore', 'inherit'] });
  const tarballs = readdirSync(folder).map((file) => join(folder, file));
  const unsound = tarballs.filter((tarball) => !isSound(tarball));
  if (unsound.length > 0 || tarballs.length === 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** Prints whether a packed package is as it should be, and if not, why. */
function isSound(tarball: string): boolean {
  const packed = readPackedPackage(tarball);
  const problems = [
    ...problemsOfPacked(packed),
    ...outputIfFailed(() => execFileSync('publint', [tarball, '--strict'])),
    ...outputIfFailed(() => execFileSync('attw', [tarball, '--profile', 'esm-only'])),
  ];
  console.log(`${packed.manifest.name}: ${problems.length === 0 ? 'sound' : 'NOT SOUND'}`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '  '));
  return problems.length === 0;
}

function outputIfFailed(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    const { stdout } = error as { readonly stdout: Buffer };
    return [stdout.toString()];
  }
}
