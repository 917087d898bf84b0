import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { Slots } from './slots.ts';

/** Up to so many bytes, compressing at once is faster than a trip to another thread. */
const INLINE_BYTES = 32_768;
/** How far back deflate can refer. */
const WINDOW_BYTES = 32_768;
/** Holds most of what comes out of a slab, so that it need not come in pieces. */
const OUTPUT_CHUNK_BYTES = 262_144;

/** One member, deflate, no name, no time (so that equal data makes equal bytes), system unknown. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

const { Z_SYNC_FLUSH } = constants;
const deflateOnPool = promisify(deflateRaw);

/** One slab per core and one that waits; for the whole process, because libuv's pool is, too. */
const poolSlots = new Slots(
  Math.min(availableParallelism() + 1, Number(process.env.UV_THREADPOOL_SIZE) || 4),
);

/**
 * One gzip member (RFC 1952) that is compressed in slabs, beside each other on libuv's pool. Its
 * first bytes may be chosen last: they are one of some candidates, and a block of their own.
 */
export class GzipMember {
  readonly #level: number;
  readonly #beginnings: readonly Uint8Array[];
  /** The checksum so far, after each of the beginnings. */
  readonly #checksums: number[];
  readonly #blocks: Promise<Uint8Array>[] = [];
  #dictionary: Uint8Array | undefined;
  #slabBytes = 0;

  /** @param level 0 (none) to 9 (smallest). */
  constructor(level: number, beginnings: readonly Uint8Array[]) {
    this.#level = level;
    this.#beginnings = beginnings;
    this.#checksums = beginnings.map((beginning) => crc32(beginning));
  }

  /** Begins to compress a slab as soon as there is a place for it. `onDone`: its memory is free again. */
  async add(slab: Uint8Array, onDone?: () => void): Promise<void> {
    await poolSlots.take();
    const block = this.#deflate(slab).finally(() => {
      poolSlots.giveBack();
      onDone?.();
    });
    block.catch(() => {});
    this.#blocks.push(block);
    this.#dictionary = slab.slice(-WINDOW_BYTES);
    this.#slabBytes += slab.length;
    this.#sum(slab);
  }

  /**
   * The whole member: the chosen beginning, the slabs, the last slab (which may be empty) and the end.
   * A small one is compressed at once.
   */
  async finish(chosen: number, slab: Uint8Array, end: Uint8Array, onDone?: () => void) {
    if (this.#blocks.length > 0 || slab.length > INLINE_BYTES) {
      if (slab.length > 0) await this.add(slab, onDone);
      return this.#assemble(chosen, end);
    }
    const whole = this.#atOnce(chosen, Buffer.concat([slab, end]));
    onDone?.();
    return whole;
  }

  #atOnce(chosen: number, rest: Uint8Array): Uint8Array {
    this.#sum(rest);
    const bytes = Buffer.concat([this.#beginnings[chosen]!, rest]);
    const body = deflateRawSync(bytes, { level: this.#level });
    return Buffer.concat([HEADER, body, this.#trailer(chosen, rest.length)]);
  }

  async #assemble(chosen: number, end: Uint8Array): Promise<Uint8Array> {
    this.#sum(end);
    const trailer = this.#trailer(chosen, this.#slabBytes + end.length);
    const first = deflateRawSync(this.#beginnings[chosen]!, {
      level: this.#level,
      finishFlush: Z_SYNC_FLUSH,
    });
    const last = deflateRawSync(end, { level: this.#level });
    return Buffer.concat([HEADER, first, ...(await Promise.all(this.#blocks)), last, trailer]);
  }

  /** The checksum and the length of all that was compressed. */
  #trailer(chosen: number, restBytes: number): Uint8Array {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.#checksums[chosen]!, 0);
    trailer.writeUInt32LE((this.#beginnings[chosen]!.length + restBytes) % 2 ** 32, 4);
    return trailer;
  }

  #deflate(slab: Uint8Array): Promise<Uint8Array> {
    return deflateOnPool(slab, {
      level: this.#level,
      dictionary: this.#dictionary,
      finishFlush: Z_SYNC_FLUSH,
      chunkSize: OUTPUT_CHUNK_BYTES,
    });
  }

  #sum(bytes: Uint8Array): void {
    // Of an empty buffer `crc32` gives 0, whatever came before.
    if (bytes.length === 0) return;
    for (let index = 0; index < this.#checksums.length; index++) {
      this.#checksums[index] = crc32(bytes, this.#checksums[index]);
    }
  }
}
