import { createLocalFsStorage } from '../../src/index.ts';

/** Overwrites one object and creates others, as fast as it can, until it is killed. */
const [basePath] = process.argv.slice(2);
const storage = createLocalFsStorage({ basePath, durability: 'none' });
process.send?.('writing');
for (let round = 0; ; round++) {
  const body = new Uint8Array(2_000_000).fill(round);
  await storage.put('same', body);
  await storage.put(`each/${process.pid}-${round % 5}`, body);
  await storage.put(`new/${process.pid}-${round}`, body.subarray(0, 1000), { mode: 'create' });
}
