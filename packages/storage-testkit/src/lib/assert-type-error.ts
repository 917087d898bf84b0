import assert from 'node:assert/strict';

/** Fails unless the call rejects with a `TypeError`, the sign of a programmer's mistake. */
export async function assertTypeError(call: () => Promise<unknown>, rule: string): Promise<void> {
  await assert.rejects(call, { name: 'TypeError' }, rule);
}
