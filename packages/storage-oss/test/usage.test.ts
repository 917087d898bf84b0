import { expect, it, vi } from 'vitest';
import { newBucket, startDouble } from './new-bucket.ts';
import { meterOneMinute } from './usage.ts';

it('the code of the README writes a minute and reads it back', async () => {
  const double = await startDouble();
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await meterOneMinute(newBucket(double), 1_755_850_380);
  const data = [{ logical_cluster_id: 'acme', requests: { value: 42, unit: 'count' } }];
  expect(log).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ data, parts: 1 }));
  log.mockRestore();
  await double.stop();
});
