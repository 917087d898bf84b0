import { expect, it } from 'vitest';
import { OncePerKey } from '../src/lib/writing/once-per-key.ts';

function counting(fails = false) {
  const runs: string[] = [];
  const once = new OncePerKey(async (key) => {
    runs.push(key);
    if (fails) throw new Error(`no ${key}`);
    return key.toUpperCase();
  });
  return { runs, once };
}

it('runs once for each key, also for those that ask at once', async () => {
  const { runs, once } = counting();
  expect(await Promise.all([once.get('a'), once.get('b'), once.get('a')])).toEqual(['A', 'B', 'A']);
  expect(await once.get('a')).toBe('A');
  expect(runs).toEqual(['a', 'b']);
  once.clear();
  await once.get('a');
  expect(runs).toEqual(['a', 'b', 'a']);
});

it('runs again what failed', async () => {
  const { runs, once } = counting(true);
  await expect(once.get('a')).rejects.toThrow('no a');
  await expect(once.get('a')).rejects.toThrow('no a');
  expect(runs).toEqual(['a', 'a']);
});

it('remembers a bounded number of keys', async () => {
  const { runs, once } = counting();
  for (let minute = 0; minute < 4500; minute++) await once.get(`minute ${minute}`);
  await once.get('minute 0');
  expect(runs).toHaveLength(4501);
  await once.get('minute 4499');
  expect(runs).toHaveLength(4501);
});
