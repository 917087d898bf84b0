import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OssDouble } from '../src/index.ts';

const run = promisify(execFile);
const clients = fileURLToPath(new URL('../clients', import.meta.url));
const account = { accessKeyId: 'LTAI5tDouble', accessKeySecret: 'double-secret' };

async function has(command: string, ...args: readonly string[]): Promise<boolean> {
  const found = await run(command, args).then(
    () => true,
    () => false,
  );
  if (!found && process.env.CI === 'true') throw new Error(`${command} is needed`);
  return found;
}

const hasGo = await has('go', 'version');
const hasPython = await has('python3', '-c', 'import venv');

/** What we say OSS does is only worth what clients that we did not write make of it. */
describe("Alibaba's own clients get from the double what they expect of OSS", () => {
  let double: OssDouble;
  let folder: string;

  beforeAll(async () => {
    double = await OssDouble.start({ accounts: [account] });
    folder = await mkdtemp(join(tmpdir(), 'metering-oss-clients-'));
  });
  afterAll(async () => {
    await double.stop();
    await rm(folder, { recursive: true });
  });

  const args = () => [double.endpoint, account.accessKeyId, account.accessKeySecret];

  it.skipIf(!hasGo)(
    hasGo ? 'the Go client' : 'the Go client (no Go)',
    { timeout: 300_000 },
    async () => {
      const program = join(folder, 'client');
      await run('go', ['build', '-o', program, '.'], { cwd: join(clients, 'go') });
      const { stdout } = await run(program, args()).catch((error: { stdout: string }) => error);
      expect(stdout).not.toContain('FAILED');
      expect(stdout).toContain('ok a wrong secret');
    },
  );

  it.skipIf(!hasPython)(
    hasPython ? 'the Python client' : 'the Python client (no Python with venv)',
    { timeout: 300_000 },
    async () => {
      const python = join(folder, 'venv', 'bin', 'python');
      await run('python3', ['-m', 'venv', join(folder, 'venv')]);
      const requirements = join(clients, 'python', 'requirements.txt');
      await run(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
      const client = join(clients, 'python', 'client.py');
      const { stdout } = await run(python, [client, ...args()]).catch(
        (error: { stdout: string; stderr: string }) => ({ stdout: error.stdout + error.stderr }),
      );
      expect(stdout).not.toContain('FAILED');
      expect(stdout).toContain('ok a wrong secret');
    },
  );
});
