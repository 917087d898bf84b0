import { type MeteringKey, parseJson, parseMeteringKey } from '@metering/core';

/** What a page in a browser knows of a file. */
export function describe(key: string, json: Uint8Array): [MeteringKey | undefined, unknown] {
  return [parseMeteringKey(key), parseJson(json, { key })];
}
