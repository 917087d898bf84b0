import { defineConfig, openMetering, openStorage } from '@metering/config';
import { createMemoryStorage, DEFAULT_SHARED_POOL_ID, type StorageDriver } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import { describe, expect, it } from 'vitest';

const memoryDriver: StorageDriver<unknown, 'memory'> = {
  type: 'memory',
  open: async () => createMemoryStorage(),
};
const drivers = [memoryDriver] as const;
const DATA = { timestamp: 1_755_850_380, category: 'c', selfId: 's', data: [] };

function keyOf(sharedPoolId: string): string {
  return `metering/ru/1755850380/c/${sharedPoolId}/s-0.json.gz`;
}

async function writtenKey(writer: ReturnType<typeof createMeteringWriter>, sharedPoolId?: string) {
  const { pages } = await writer.write({ ...DATA, sharedPoolId });
  return pages[0]?.key;
}

describe('the shared pool of a configuration reaches the writer', () => {
  const config = defineConfig({ type: 'memory', sharedPoolId: 'configured' }, { drivers });

  it('by its name', async () => {
    const storage = await openStorage(config, drivers);
    const writer = createMeteringWriter({ storage, sharedPoolId: config.sharedPoolId });
    expect(await writtenKey(writer)).toBe(keyOf('configured'));
  });

  it('in the short way, from a URI too', async () => {
    const uri = 'memory://?shared-pool-id=configured';
    for (const source of [config, uri]) {
      const writer = createMeteringWriter(await openMetering(source, drivers));
      expect(await writtenKey(writer)).toBe(keyOf('configured'));
    }
  });

  it("after the data's own and the writer's, before the default", async () => {
    const opened = await openMetering(config, drivers);
    const writer = createMeteringWriter({ ...opened, sharedPoolId: 'of-the-writer' });
    expect(await writtenKey(writer, 'of-the-data')).toBe(keyOf('of-the-data'));
    expect(await writtenKey(writer)).toBe(keyOf('of-the-writer'));
    const none = createMeteringWriter(await openMetering('memory://', drivers));
    expect(await writtenKey(none)).toBe(keyOf(DEFAULT_SHARED_POOL_ID));
  });
});
