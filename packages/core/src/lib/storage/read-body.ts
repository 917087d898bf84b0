import { StorageFault, tooLarge } from './storage-fault.ts';

/** The body of an answer as it comes in, such as Node's stream. */
export interface ResponseBody extends AsyncIterable<Uint8Array> {
  /** Frees the connection; called whether the body was read to its end or not. */
  destroy?(): void;
}

/** The bounds of reading a body. */
export interface ReadBodyOptions {
  readonly maxBytes: number;
  /** How many bytes the answer said it has. Default: not known. */
  readonly contentLength?: number | undefined;
}

/**
 * Reads a body whole, for a backend's `get`. Beyond `maxBytes` the rest of it is not read.
 *
 * @throws StorageFault TOO_LARGE; UNAVAILABLE when the body breaks off, or is shorter than was said.
 */
export async function readBody(body: ResponseBody, options: ReadBodyOptions): Promise<Uint8Array> {
  const { contentLength, maxBytes } = options;
  try {
    if (contentLength !== undefined && contentLength > maxBytes) throw tooLarge(maxBytes);
    const chunks = await collect(body, maxBytes);
    const bytes = chunks.length === 1 ? chunks[0]! : concatenate(chunks);
    if (contentLength === undefined || bytes.byteLength === contentLength) return bytes;
    throw brokenOff(`${bytes.byteLength} of ${contentLength} bytes came`);
  } finally {
    body.destroy?.();
  }
}

async function collect(body: ResponseBody, maxBytes: number): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unbroken(body)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return chunks;
}

async function* unbroken(body: ResponseBody): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw brokenOff(error instanceof Error ? error.message : 'no reason given');
  }
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** The answer began and did not end: asking again may help. */
function brokenOff(reason: string): StorageFault {
  const message = `the connection broke in the middle of the object (${reason})`;
  return new StorageFault({ code: 'UNAVAILABLE', message });
}
