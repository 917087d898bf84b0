import assert from 'node:assert/strict';
import { MAX_KEY_BYTES, objectKeyProblem } from '@metering/core/building-blocks';
import { describe, it } from 'vitest';
import { INVALID_KEYS, NOT_KEYS } from '../src/lib/invalid-keys.ts';
import { NESTED_KEYS } from '../src/lib/nested-keys.ts';
import { HARD_KEYS, LONGEST_KEY, NEAR_KEYS, ODD_KEYS } from '../src/lib/odd-keys.ts';

describe('the lists of keys', () => {
  it('call no key odd that is invalid', () => {
    const odd = [...ODD_KEYS, ...HARD_KEYS].map(({ key }) => key);
    const near = NEAR_KEYS.flatMap(({ keys }) => keys);
    for (const key of [...odd, ...near, ...NESTED_KEYS]) {
      assert.equal(objectKeyProblem(key), undefined, JSON.stringify(key));
    }
  });

  it('call no key invalid that is valid', () => {
    for (const key of [...INVALID_KEYS, ...NOT_KEYS]) {
      assert.notEqual(objectKeyProblem(key), undefined, String(key));
    }
  });

  it('hold both sides of the longest key', () => {
    assert.equal(Buffer.byteLength(LONGEST_KEY), MAX_KEY_BYTES);
    assert.ok(INVALID_KEYS.some((key) => Buffer.byteLength(key) === MAX_KEY_BYTES + 1));
    assert.ok(INVALID_KEYS.some((key) => key.length < MAX_KEY_BYTES && /^(😀|\/)+$/u.test(key)));
  });

  it('ask no store for a key that is the folder of another, nor for segments above 200 bytes', () => {
    const keys = [...ODD_KEYS.map(({ key }) => key), ...NESTED_KEYS];
    for (const key of keys) {
      assert.ok(!keys.some((other) => other.startsWith(`${key}/`)), key);
      assert.ok(
        key.split('/').every((segment) => Buffer.byteLength(segment) <= 200),
        key,
      );
    }
  });
});
