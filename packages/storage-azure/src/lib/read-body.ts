import { AzureFault } from './azure-fault.ts';

/** The body of an answer, as Node's stream; anything else the SDK may give is not for servers. */
export interface ResponseBody extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): void;
}

/** The answer began and did not end: asking again may help. */
export class BrokenBody extends AzureFault {
  constructor(cause: unknown) {
    const message = 'the connection broke in the middle of the object';
    super({ code: 'UNAVAILABLE', message, cause: new Error((cause as Error)?.message) });
  }
}

/** Reads a body whole. Beyond `maxBytes` the rest of it is not read; the socket is freed either way. */
export async function readBody(
  body: ResponseBody,
  contentLength: number | undefined,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal | undefined },
): Promise<Uint8Array> {
  const stop = () => body.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (contentLength !== undefined && contentLength > maxBytes) throw tooLarge(maxBytes);
    return await collect(body, contentLength, maxBytes);
  } finally {
    signal?.removeEventListener('abort', stop);
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
    throw new BrokenBody(new Error(`${size} of ${contentLength} bytes`));
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

async function* guarded(body: ResponseBody): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new BrokenBody(error);
  }
}

function tooLarge(maxBytes: number): AzureFault {
  return new AzureFault({
    code: 'TOO_LARGE',
    message: `the object is larger than ${maxBytes} bytes`,
    cause: undefined,
  });
}
