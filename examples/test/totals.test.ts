import { expect, it } from 'vitest';
import { totalsOf } from './totals-of.ts';

it('adds up each metric of each cluster exactly, and each unit for itself', () => {
  const totals = totalsOf([
    { logical_cluster_id: 'b', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } },
    { logical_cluster_id: 'a', egress: { value: 1, unit: 'bytes' }, region: 'eu' },
    { logical_cluster_id: 'b', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } },
    { logical_cluster_id: 'a', egress: { value: 3, unit: 'MB' } },
  ]);
  expect(totals).toEqual([
    { cluster: 'a', metric: 'egress', unit: 'MB', value: 3n },
    { cluster: 'a', metric: 'egress', unit: 'bytes', value: 1n },
    { cluster: 'b', metric: 'egress', unit: 'bytes', value: 36893488147419103230n },
  ]);
});
