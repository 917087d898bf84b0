import { AzureFault } from './azure-fault.ts';

/** The body of an answer, as Node's stream; anything else the SDK may give is not for servers. */
export interface ResponseBody extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): void;
}

/** Reads a body whole. Beyond `maxBytes` the rest of it is not read; the socket is freed either way. */
export async function readBody(
  body: ResponseBody,
  contentLength: number | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  try {
    if (contentLength !== undefined && contentLength > maxBytes) throw tooLarge(maxBytes);
    return await collect(body, contentLength, maxBytes);
  } finally {
    body.destroy();
  }
}

async function collect(
  body: ResponseBody,
  contentLength: number | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of guarded(body)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  if (contentLength !== undefined && size !== contentLength) {
    throw brokenBody(new Error(`${size} of ${contentLength} bytes`));
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

async function* guarded(body: ResponseBody): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw brokenBody(error);
  }
}

/** The answer began and did not end: asking again may help. */
function brokenBody(cause: unknown): AzureFault {
  const message = 'the connection broke in the middle of the object';
  const reason = new Error((cause as Error)?.message);
  return new AzureFault({ code: 'UNAVAILABLE', message, cause: reason });
}

function tooLarge(maxBytes: number): AzureFault {
  const message = `the object is larger than ${maxBytes} bytes`;
  return new AzureFault({ code: 'TOO_LARGE', message });
}
