import { expect, it, vi } from 'vitest';
import { newContainer } from './new-container.ts';
import { meterOneMinute } from './usage.ts';

it('the code of the README writes a minute and reads it back', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await meterOneMinute(await newContainer(), 1_755_850_380);
  const data = [{ logical_cluster_id: 'acme', requests: { value: 42, unit: 'count' } }];
  expect(log).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ data, parts: 1 }));
  log.mockRestore();
});
