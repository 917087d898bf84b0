import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { combineChecksums } from '../deflate/checksum.ts';
import type { DeflatedSlab } from '../deflate/token-encoder.ts';
import { Slots } from '../slots.ts';
import { ByteCollector } from './byte-collector.ts';
import { gzipAtOnce } from './gzip-at-once.ts';
import { GZIP_HEADER, setTrailer, TRAILER_BYTES } from './gzip-format.ts';
import type { GzipOptions } from './gzip-options.ts';
import { PageMemory } from './page-memory.ts';
import { poolThreads } from './pool-threads.ts';

/** Up to so many bytes, compressing at once is faster than a trip to another thread. */
const INLINE_BYTES = 32_768;
/** How far back deflate can refer. */
const WINDOW_BYTES = 32_768;
/** Holds most of what comes out of a slab, so that it need not come in pieces. */
const OUTPUT_CHUNK_BYTES = 262_144;

const NOTHING = new Uint8Array();

const { Z_SYNC_FLUSH } = constants;
const deflateOnPool = promisify(deflateRaw);

/** One slab per core and one that waits; for the whole process, because libuv's pool is, too. */
const poolSlots = new Slots(
  Math.min(availableParallelism() + 1, poolThreads(process.env.UV_THREADPOOL_SIZE)),
);

/**
 * One gzip member (RFC 1952) that is compressed in slabs, beside each other on libuv's pool. Its
 * first bytes may be chosen last: they are one of some candidates, and a block of their own.
 */
export class GzipMember {
  readonly #options: GzipOptions;
  readonly #beginnings: readonly Uint8Array[];
  /** The checksum so far, after each of the beginnings. */
  readonly #checksums: number[];
  readonly #blocks: ByteCollector;
  /** When all blocks so far are made and collected; undefined while there are none. */
  #collected: Promise<void> | undefined;
  #dictionary: Uint8Array | undefined;
  #blockBytes = 0;
  /** The first bytes, while they are so few that compressing them at once may be best. */
  #held: Uint8Array = NOTHING;

  /**
   * @param memory where the member is made, and its bytes are.
   */
  constructor(options: GzipOptions, beginnings: readonly Uint8Array[], memory = new PageMemory()) {
    this.#options = options;
    this.#blocks = new ByteCollector(memory);
    this.#beginnings = beginnings;
    this.#checksums = beginnings.map((beginning) => crc32(beginning));
  }

  /**
   * Takes the next bytes and begins to compress them, as soon as there is a place for them.
   *
   * @param onDone is called when their memory may be used again.
   */
  async add(slab: Uint8Array, onDone?: () => void): Promise<void> {
    if (this.#collected === undefined && this.#held.length + slab.length <= INLINE_BYTES) {
      this.#held = Buffer.concat([this.#held, slab]);
      onDone?.();
    } else {
      await this.#addHeld();
      if (slab.length > 0) await this.#addBlock(slab, onDone);
    }
  }

  /** Takes the next bytes as the blocks that they are compressed to. */
  async addDeflated({ deflated, jsonBytes, checksum }: DeflatedSlab): Promise<void> {
    await this.#addHeld();
    this.#collect(deflated);
    // Nothing may refer back to text that was never here.
    this.#dictionary = undefined;
    this.#blockBytes += jsonBytes;
    for (let index = 0; index < this.#checksums.length; index++) {
      this.#checksums[index] = combineChecksums(this.#checksums[index]!, checksum, jsonBytes);
    }
  }

  /** The whole member: the chosen beginning, the slabs, the end. */
  async finish(chosen: number, end: Uint8Array): Promise<Uint8Array> {
    const rest = Buffer.concat([this.#held, end]);
    const beginning = this.#beginnings[chosen]!;
    if (this.#collected === undefined) {
      return gzipAtOnce(Buffer.concat([beginning, rest]), this.#options);
    }
    this.#sum(rest);
    const trailer = gzipTrailer(
      this.#checksums[chosen]!,
      beginning.length + this.#blockBytes + rest.length,
    );
    const { level } = this.#options;
    const first = deflateRawSync(beginning, { level, finishFlush: Z_SYNC_FLUSH });
    const last = deflateRawSync(rest, { level });
    await this.#collected;
    return this.#blocks.takeBetween(
      Buffer.concat([GZIP_HEADER, first]),
      Buffer.concat([last, trailer]),
    );
  }

  async #addHeld(): Promise<void> {
    const held = this.#held;
    this.#held = NOTHING;
    if (held.length > 0) await this.#addBlock(held);
  }

  async #addBlock(slab: Uint8Array, onDone?: () => void): Promise<void> {
    await poolSlots.take();
    const block = this.#deflate(slab).finally(() => {
      poolSlots.giveBack();
      onDone?.();
    });
    this.#collect(block);
    // A copy: the slab's memory may be in use again before the next slab's turn comes.
    this.#dictionary = Uint8Array.from(slab.subarray(-WINDOW_BYTES));
    this.#blockBytes += slab.length;
    this.#sum(slab);
  }

  /** Collects blocks in the order in which they are given, whichever is made first. */
  #collect(block: Uint8Array | Promise<Uint8Array>): void {
    const before = this.#collected;
    const collect = async () => {
      // Both at once: else one that fails while the other is waited for would be handled by nobody.
      const [made] = await Promise.all([block, before]);
      this.#blocks.add(made);
    };
    this.#collected = collect();
    // It is waited for at the end.
    this.#collected.catch(() => {});
  }

  #deflate(slab: Uint8Array): Promise<Uint8Array> {
    return deflateOnPool(slab, {
      level: this.#options.level,
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

function gzipTrailer(checksum: number, length: number): Uint8Array {
  const trailer = Buffer.alloc(TRAILER_BYTES);
  setTrailer(trailer, checksum, length);
  return trailer;
}
