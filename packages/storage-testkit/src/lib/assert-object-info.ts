import assert from 'node:assert/strict';
import type { ObjectInfo } from '@metering/core';

/** Clocks may differ a little; a wrong unit or time zone is off by more. */
const CLOCK_TOLERANCE_MS = 50 * 60 * 1000;

/** Fails unless the object is described rightly, and was stored about now. */
export function assertObjectInfo(info: ObjectInfo, key: string, size: number): void {
  assert.equal(info.key, key, 'the key must be given as it was put');
  assert.equal(info.size, size, `the size of ${JSON.stringify(key)}`);
  assert.ok(info.lastModified instanceof Date, 'lastModified must be a Date');
  const ageMs = Math.abs(Date.now() - info.lastModified.getTime());
  assert.ok(ageMs < CLOCK_TOLERANCE_MS, `lastModified must be about now: ${ageMs} ms off`);
  if (info.etag === undefined) return;
  assert.equal(typeof info.etag, 'string', 'an etag must be a string');
  assert.notEqual(info.etag, '', 'an etag must not be empty');
}

/** Fails when two calls that describe the same object both give an etag, and not the same. */
export function assertSameEtag(actual: string | undefined, expected: string | undefined): void {
  if (actual === undefined || expected === undefined) return;
  assert.equal(actual, expected, 'put, head and list must give the same etag');
}
