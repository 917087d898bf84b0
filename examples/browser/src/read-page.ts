import { type JsonValue, type MeteringRecord, parseJson } from '@metering/core';

/**
 * Fetches a page, unpacks it and gives its records, every digit of their numbers kept.
 *
 * @throws Error when there is no such page; FormatError when it is no JSON.
 */
export async function readPage(url: string): Promise<readonly MeteringRecord[]> {
  const page = (await fetchJson(url, 'gzip')) as {
    readonly data: readonly MeteringRecord[] | null;
  };
  return page.data ?? [];
}

/** Fetches JSON, which may be compressed, and reads it exactly. */
export async function fetchJson(url: string, compression?: 'gzip'): Promise<JsonValue> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${url}: HTTP ${response.status}`);
  const body = compression
    ? new Response(response.body.pipeThrough(new DecompressionStream(compression)))
    : response;
  return parseJson(new Uint8Array(await body.arrayBuffer()));
}
