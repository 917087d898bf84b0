import { CHUNK_BYTES, type PageMemory } from './page-memory.ts';

/** Puts bytes one behind the other, copied, until all of them are taken as one. */
export class ByteCollector {
  readonly #memory: PageMemory;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(memory: PageMemory) {
    this.#memory = memory;
  }

  add(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const at = this.#length % CHUNK_BYTES;
      if (at === 0) this.#chunks.push(this.#memory.takeChunk());
      const piece = bytes.subarray(from, from + CHUNK_BYTES - at);
      this.#chunks.at(-1)!.set(piece, at);
      this.#length += piece.length;
      from += piece.length;
    }
  }

  /** All bytes so far, between others, as a body. The collector begins anew. */
  takeBetween(before: Uint8Array, after: Uint8Array): Uint8Array {
    const body = this.#memory.takeBody(before.length + this.#length + after.length);
    body.set(before);
    for (const [index, chunk] of this.#chunks.entries()) {
      const start = index * CHUNK_BYTES;
      body.set(chunk.subarray(0, this.#length - start), before.length + start);
    }
    body.set(after, before.length + this.#length);
    this.#memory.giveBackChunks(this.#chunks);
    this.#chunks = [];
    this.#length = 0;
    return body;
  }
}
