/** No bytes at all. */
export const emptyBody = new Uint8Array(0);

/** Bytes that differ from those of any other seed, at every place, and do not repeat within 64 KiB. */
export function bodyOf(size: number, seed = 0): Uint8Array {
  const body = new Uint8Array(size);
  for (let index = 0; index < size; index++) body[index] = index + (index >>> 8) + seed;
  return body;
}

/** The key itself as bytes: what is stored under it then tells where it belongs. */
export function bodyOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
