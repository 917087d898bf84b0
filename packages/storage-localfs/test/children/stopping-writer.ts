import fsPromises, { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { createLocalFsStorage } from '../../src/index.ts';

/** Creates an object, but stands still for ever at one step of it, and says so. */
const [basePath, key, text, step] = process.argv.slice(2);
await stopAt(step!);
await createLocalFsStorage({ basePath }).put(key!, new TextEncoder().encode(text), {
  mode: 'create',
});

async function stopAt(where: string): Promise<void> {
  const handle = await open(process.execPath);
  const fileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const write = fileHandle.write;
  fileHandle.write = async function (body: Uint8Array, offset: number, length: number) {
    if (where === 'written') fileHandle.sync = standStill; // Of this file: folders were synced before.
    const result = await write.call(
      this,
      body,
      offset,
      where === 'half written' ? length / 2 : length,
    );
    return where === 'half written' ? standStill() : result;
  };
  if (where === 'not linked') fsPromises.link = standStill;
  if (where === 'linked') fsPromises.unlink = standStill;
  syncBuiltinESMExports();
}

function standStill(): Promise<never> {
  process.send?.('standing still');
  return new Promise(() => undefined);
}
