import assert from 'node:assert/strict';

/** Fails, without printing megabytes, unless both hold the same bytes. */
export function assertBytes(actual: Uint8Array, expected: Uint8Array): void {
  assertOneOf(actual, [expected]);
}

/** Fails unless the bytes are those of one of the bodies, whole. */
export function assertOneOf(actual: Uint8Array, bodies: readonly Uint8Array[]): void {
  assert.ok(actual instanceof Uint8Array, 'get must give a Uint8Array');
  if (bodies.some((body) => Buffer.compare(actual, body) === 0)) return;
  const sizes = bodies.map(({ byteLength }) => byteLength).join(' or ');
  const problem = `got ${actual.byteLength} bytes that are not the ${sizes} bytes that were put`;
  assert.fail(problem);
}
