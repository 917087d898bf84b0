import { createHash } from 'node:crypto';
import type { MeteringRecord } from '@metering/core';
import fc from 'fast-check';

/** Where doubles, int64 and uint64 end. */
const EDGES = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n].flatMap((edge) =>
  [edge - 1n, edge, edge + 1n].filter((value) => value >= 0n && value < 2n ** 64n),
);

const text = fc.string({ unit: 'binary', maxLength: 12 });
const metricValue = fc
  .oneof(fc.constantFrom(...EDGES), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
  .map(numberIfSafe);
const metric = fc.record({ value: metricValue, unit: text }, { noNullPrototype: true });
const anyInteger = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const member = fc.oneof(metric, metric, anyInteger, fc.jsonValue({ stringUnit: 'binary' }));

/** Records of metrics, and of anything else that JSON can say. */
export const randomRecords: fc.Arbitrary<MeteringRecord[]> = fc.array(
  fc.dictionary(text, member, { maxKeys: 6 }) as fc.Arbitrary<MeteringRecord>,
  { maxLength: 12 },
);

/** Records that hardly compress, of about 200 bytes each. */
export function manyRecords(count: number): MeteringRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    logical_cluster_id: createHash('sha512').update(`${index}`).digest('base64'),
    up: { value: numberIfSafe(EDGES[index % EDGES.length]!), unit: 'units' },
    down: { value: index, unit: '<&>' },
  }));
}

function numberIfSafe(value: bigint): number | bigint {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
