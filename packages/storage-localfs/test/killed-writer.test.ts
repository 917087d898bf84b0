import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { nextMessage, temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { kill, startChild } from './support/child.ts';
import { listKeys } from './support/listing.ts';

const FOLDER = 'metering/ru/1755850380/tidb/pool';
const KEY = `${FOLDER}/self-0.json.gz`;
const OTHER_KEY = `${FOLDER}/self-1.json.gz`;
const TEXT = '0123456789'.repeat(10_000);
const TWO_HOURS_AGO = Date.now() / 1000 - 2 * 60 * 60;

/** A folder in which a writer was killed at a step of its write, and the file that it left. */
async function afterKillAt(step: string): Promise<{ basePath: string; leftover: string }> {
  const basePath = await temporaryFolder();
  const writer = startChild('stopping-writer', basePath, KEY, TEXT, step);
  await nextMessage(writer);
  await kill(writer);
  const leftovers = (await readdir(join(basePath, FOLDER))).filter((name) => name.startsWith('.'));
  expect(leftovers).toHaveLength(1);
  return { basePath, leftover: leftovers[0]! };
}

// To write in place means that a crash leaves half a file under its final name.
it.for(['half written', 'written', 'not linked'])(
  'a writer killed when its file is %s leaves nothing that is listed or read, and can write again',
  async (step) => {
    const { basePath, leftover } = await afterKillAt(step);
    const storage = createLocalFsStorage({ basePath });
    expect(await listKeys(storage)).toEqual([]);
    expect(await listKeys(storage, { prefix: `${FOLDER}/.` })).toEqual([]);
    await expect(storage.get(KEY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.head(KEY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.get(`${FOLDER}/${leftover}`)).rejects.toMatchObject({
      code: 'INVALID_KEY',
    });

    await storage.put(KEY, new TextEncoder().encode(TEXT), { mode: 'create' });
    expect(new TextDecoder().decode(await storage.get(KEY))).toBe(TEXT);
  },
);

it('a writer killed when its file is linked has written it', async () => {
  const { basePath } = await afterKillAt('linked');
  const storage = createLocalFsStorage({ basePath });
  expect(await listKeys(storage)).toEqual([KEY]);
  expect(new TextDecoder().decode(await storage.get(KEY))).toBe(TEXT);
});

it.for(['half written', 'linked'])(
  'what a writer killed when its file was %s left is swept an hour later by who writes there',
  async (step) => {
    const { basePath, leftover } = await afterKillAt(step);
    const before = await listKeys(createLocalFsStorage({ basePath }));
    await utimes(join(basePath, FOLDER, leftover), TWO_HOURS_AGO, TWO_HOURS_AGO);
    await createLocalFsStorage({ basePath }).put(OTHER_KEY, new Uint8Array(1));
    expect(await readdir(join(basePath, FOLDER))).not.toContain(leftover);
    expect(await listKeys(createLocalFsStorage({ basePath }))).toEqual([...before, OTHER_KEY]);
  },
);

it('sweeps no file of a writer that may live, and none that is not ours', async () => {
  const { basePath, leftover } = await afterKillAt('half written');
  const foreign = ['.metering-notes.tmp', 'x.tmp', `${leftover}.bak`, `x${leftover}`];
  for (const name of foreign) {
    const path = join(basePath, FOLDER, name);
    await writeFile(path, 'mine');
    await utimes(path, TWO_HOURS_AGO, TWO_HOURS_AGO);
  }
  await createLocalFsStorage({ basePath }).put(OTHER_KEY, new Uint8Array(1));
  expect(await readdir(join(basePath, FOLDER))).toEqual(
    expect.arrayContaining([leftover, ...foreign]),
  );
});

it('writers killed at any moment leave only whole objects', { timeout: 180_000 }, async () => {
  const basePath = await temporaryFolder();
  for (const lifeMs of [0, 20, 50, 90, 140]) {
    const writer = startChild('busy-writer', basePath);
    await nextMessage(writer);
    await wait(lifeMs);
    await kill(writer);
  }
  const storage = createLocalFsStorage({ basePath });
  for await (const { key, size } of storage.list()) {
    const body = await storage.get(key);
    expect(size).toBe(key.startsWith('new/') ? 1000 : 2_000_000);
    expect(body.every((byte) => byte === body[0])).toBe(true);
  }
});
