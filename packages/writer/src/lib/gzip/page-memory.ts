/** Holds most of what comes out of a slab. */
export const CHUNK_BYTES = 262_144;
/** A smaller body is not worth keeping. */
const LEAST_BODY_BYTES = 1_048_576;
/** So much may pile up: a storage that keeps what it was given, against the contract, is a test's at most. */
const BYTES_NOT_KEPT = 16 * 1_048_576;
/** The next page may be a little larger: a body has an eighth to spare. */
const SPARE_SHARE = 1 / 8;

/**
 * The memory in which the pages of one write are made, to be used again: it is outside of the heap, and
 * V8 lets 64 MB of it pile up before it collects any.
 */
export class PageMemory {
  readonly #chunks: Buffer[] = [];
  readonly #bodies: Buffer[] = [];
  #notKept = 0;

  /** A piece of `CHUNK_BYTES`. */
  takeChunk(): Buffer {
    return this.#chunks.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  }

  giveBackChunks(chunks: readonly Buffer[]): void {
    this.#chunks.push(...chunks);
  }

  /** Memory for a whole page of so many bytes. */
  takeBody(length: number): Buffer {
    const spare = this.#bodies.pop();
    const isFit = spare !== undefined && spare.length >= length;
    const body = isFit ? spare : Buffer.allocUnsafeSlow(Math.ceil(length * (1 + SPARE_SHARE)));
    return body.subarray(0, length);
  }

  /**
   * Gives a body back that was stored: no `put` keeps what it has stored, but one that failed may still
   * be sending it. A small one, which may be a part of something larger, is left alone.
   */
  giveBackBody({ buffer, length }: Uint8Array): void {
    if (length < LEAST_BODY_BYTES) return;
    if (this.#notKept < BYTES_NOT_KEPT) this.#notKept += length;
    else this.#bodies.push(Buffer.from(buffer));
  }
}
