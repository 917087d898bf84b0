import { expect, it, vi } from 'vitest';

it.each([
  [
    'keys',
    [
      ['metering/ru/1755850380/tidb-server/default-shared-pool/tidb01-0.json.gz'],
      [1755850380],
      [undefined],
    ],
  ],
  [
    'json',
    [
      [{ value: 18446744073709551615n, unit: 'bytes' }],
      ['{"value":18446744073709551615,"unit":"bytes"}'],
    ],
  ],
  [
    'validation',
    [
      ['timestamp', 'NOT_A_MINUTE'],
      ['selfId', 'INVALID_CHARACTER'],
      ['data[0].egress.value', 'OUT_OF_RANGE'],
    ],
  ],
  [
    'storage',
    [
      ['a/b', false],
      ['a/b', 2],
    ],
  ],
])('the code in the README about %s prints what its comments say', async (name, lines) => {
  const printed = vi.spyOn(console, 'log').mockReturnValue(undefined);
  await import(`./children/${name}.ts`);
  const found = printed.mock.calls;
  printed.mockRestore();
  expect(found).toEqual(lines);
});
