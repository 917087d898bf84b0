import type { JsonValue } from '@metering/core';

type JsonObject = { readonly [key: string]: JsonValue };

/** True when two values that were parsed say the same. The order of an object's keys says nothing. */
export function jsonEqual(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return membersEqual(a as JsonObject, b as JsonObject);
}

function membersEqual(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key]!, b[key]!));
}
