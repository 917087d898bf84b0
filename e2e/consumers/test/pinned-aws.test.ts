import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { describeOn } from './support/describe-on.ts';
import { npmInstall } from './support/npm.ts';
import { run } from './support/run.ts';
import { uriOf } from './support/stores.ts';

const README = new URL('../../../packages/storage-s3/README.md', import.meta.url);

const APPLICATION = `
import { openStorage } from '@metering/config';
import { s3Driver } from '@metering/storage-s3';

const storage = await openStorage(process.argv[2], [s3Driver]);
await storage.put('k', new Uint8Array([1, 2, 3]), { mode: 'create' });
console.log((await storage.get('k')).join());
await storage.close();
`;

describeOn('s3', 'the AWS client that the README pins for Node 20', (store) => {
  let project: string;
  let pins: readonly string[];

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'metering-pinned-'));
    const command = /npm install --save-exact ([^`]+)/.exec(await readFile(README, 'utf8'));
    pins = command?.[1]?.split(/\s+/) ?? [];
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
    await writeFile(join(project, 'application.js'), APPLICATION);
    const packages = ['@metering/config', '@metering/storage-s3', ...pins];
    await npmInstall(project, inject('registry'), ...packages);
  });
  afterAll(() => rm(project, { recursive: true }));

  it('is one client, of just that version', async () => {
    expect(pins).toHaveLength(2);
    const clients = await readdir(join(project, 'node_modules/@aws-sdk'));
    expect(clients.filter((name) => name.startsWith('client-'))).toEqual([
      'client-s3',
      'client-sts',
    ]);
    for (const pin of pins) {
      const at = pin.lastIndexOf('@');
      const manifest = join(project, 'node_modules', pin.slice(0, at), 'package.json');
      expect(JSON.parse(await readFile(manifest, 'utf8')).version).toBe(pin.slice(at + 1));
    }
  });

  it('writes and reads', async () => {
    const uri = uriOf(store, 'pinned');
    const printed = await run('node', ['application.js', uri], { cwd: project });
    expect(printed.trim()).toBe('1,2,3');
  });
});
