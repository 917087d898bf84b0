import { expect, it } from 'vitest';
import { retryWhileBusy } from '../src/lib/writing/retry-while-busy.ts';

/** Fails as often as said, then succeeds. */
function failing(errno: string, times: number) {
  const call = async () => {
    call.made += 1;
    if (call.made <= times) throw Object.assign(new Error(errno), { code: errno });
    return 'done';
  };
  call.made = 0;
  return call;
}

it.for(['EPERM', 'EACCES', 'EBUSY'])('on Windows %s is tried again', async (errno) => {
  const call = failing(errno, 3);
  expect(await retryWhileBusy(call, 'win32')).toBe('done');
  expect(call.made).toBe(4);
});

it('on Windows a file that stays busy is given up in the end', async () => {
  const call = failing('EBUSY', Number.POSITIVE_INFINITY);
  await expect(retryWhileBusy(call, 'win32')).rejects.toThrow('EBUSY');
  expect(call.made).toBe(8);
});

it('on Windows another failure is final', async () => {
  const call = failing('ENOSPC', 1);
  await expect(retryWhileBusy(call, 'win32')).rejects.toThrow('ENOSPC');
  expect(call.made).toBe(1);
});

it('elsewhere every failure is final', async () => {
  const call = failing('EPERM', 1);
  await expect(retryWhileBusy(call, 'linux')).rejects.toThrow('EPERM');
  expect(call.made).toBe(1);
});
