import { MAX_JSON_BYTES } from '@metering/core/building-blocks';
import { ByteSink, type EncoderMemory } from './byte-sink.ts';
import { JsonBytes } from './json-bytes.ts';
import { RecordWalker } from './record-walker.ts';

const COMMA = 0x2c;

/** So much is taken at a time: large enough to be worth a trip to another thread. */
const SLAB_BYTES = 1_048_576;
/** A slab's memory, with room for the record that fills it. */
const SLAB_CAPACITY = SLAB_BYTES + 65_536;
/** A slab that a record begins at the end of, which could fill a page alone. */
const MOST_CAPACITY = SLAB_CAPACITY + MAX_JSON_BYTES;
/** What most writes need; doubled again and again, it makes a slab's. */
const FIRST_CAPACITY = SLAB_CAPACITY / 64;

/**
 * Writes records as the items of a JSON list, straight to UTF-8: byte for byte what `stringifyJson`
 * gives.
 */
export class RecordEncoder {
  readonly #json = new JsonBytes(Buffer.allocUnsafeSlow(FIRST_CAPACITY), MOST_CAPACITY);
  readonly #walker: RecordWalker;
  /** Buffers that were taken and given back. */
  readonly #spare: Buffer[] = [];
  #listIsEmpty = true;
  /** Where the last record begins, after its comma. */
  #recordStart = 0;

  constructor(memory: EncoderMemory) {
    this.#walker = new RecordWalker(new ByteSink(this.#json, memory));
  }

  /** True when it is time to take what there is. */
  get isFull(): boolean {
    return this.#json.length >= SLAB_BYTES;
  }

  /** Goes on with a list that something else has begun. To be called while there is nothing to take. */
  continueList(): void {
    this.#listIsEmpty = false;
  }

  /**
   * Adds a record to the list.
   *
   * @returns how many bytes its JSON takes, without the comma before it.
   * @throws UnencodableError or OversizedError, with nothing added.
   */
  append(record: unknown): number {
    const end = this.#json.length;
    try {
      if (!this.#listIsEmpty) this.#json.byte(COMMA);
      const start = this.#json.length;
      this.#walker.walk(record);
      this.#recordStart = start;
      this.#listIsEmpty = false;
      return this.#json.length - start;
    } catch (error) {
      this.#json.cutTo(end);
      throw error;
    }
  }

  /** Everything since the last time. The list goes on after it. */
  take(): Buffer {
    return this.#take(this.#json.length, this.#json.length);
  }

  /** Everything since the last time but the last record, which begins a new list. */
  takeAllButLast(): Buffer {
    return this.#take(this.#recordStart - 1, this.#recordStart);
  }

  /** Gives the memory of what was taken back. */
  recycle(taken: Buffer): void {
    const { buffer } = taken;
    if (buffer.byteLength === SLAB_CAPACITY) this.#spare.push(Buffer.from(buffer));
  }

  #take(end: number, next: number): Buffer {
    const kept = this.#json.length - next;
    const capacity = Math.max(kept, Math.min(this.#json.capacity, SLAB_CAPACITY));
    const fresh = kept > SLAB_CAPACITY ? undefined : this.#spare.pop();
    const buffer = this.#json.moveTo(fresh ?? Buffer.allocUnsafeSlow(capacity), next);
    this.#recordStart = 0;
    return buffer.subarray(0, end);
  }
}
