import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, it } from 'vitest';

const NODE_ARGUMENTS = ['--conditions=@metering/source', '--import', 'tsx', '--test'];

describe('under node:test', () => {
  it('a sound provider passes, and what is skipped is shown with its reason', async () => {
    const { code, output } = await runNodeTest('memory.node-suite.ts');
    assert.equal(code, 0, output);
    assert.match(output, /^# fail 0$/m);
    assert.match(output, /^# skipped 10$/m);
    assert.match(
      output,
      /\[skipped unless exclusiveCreate is false\] # SKIP exclusiveCreate is true/,
    );
  });

  it('a broken provider fails at the case that names its fault', async () => {
    const { code, output } = await runNodeTest('broken.node-suite.ts');
    assert.equal(code, 1, output);
    assert.match(output, /^ *not ok \d+ - get: an object of more than maxBytes is TOO_LARGE$/m);
  });
});

async function runNodeTest(file: string): Promise<{ code: number; output: string }> {
  const path = fileURLToPath(new URL(`runners/${file}`, import.meta.url));
  const run = promisify(execFile)(
    process.execPath,
    [...NODE_ARGUMENTS, '--test-reporter=tap', path],
    { maxBuffer: 16 * 1024 * 1024 },
  );
  return run.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, output: error.stdout }),
  );
}
