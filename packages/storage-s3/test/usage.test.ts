import { expect, it, vi } from 'vitest';
import { describeEachServer } from './each-server.ts';
import { meterOneMinute } from './usage.ts';

describeEachServer('the code of the README', ({ newBucket }) => {
  it('writes a minute and reads it back', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await meterOneMinute(await newBucket(), 1_755_850_380);
    const data = [{ logical_cluster_id: 'acme', requests: { value: 42, unit: 'count' } }];
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ data, parts: 1 }));
    log.mockRestore();
  });
});
