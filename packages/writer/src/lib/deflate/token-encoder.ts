import { RecordWalker } from '../json/record-walker.ts';
import { BitWriter } from './bit-writer.ts';
import { writeBlock, writeByteBoundary } from './block-writer.ts';
import { FragmentTable } from './fragment-table.ts';
import { MatchFinder } from './match-finder.ts';
import { OperationSink } from './operation-sink.ts';
import { Operations } from './operations.ts';
import { TokenBuffer } from './token-buffer.ts';

/** So much JSON is taken at a time. */
const SLAB_BYTES = 1_048_576;
/** What parts a record from the one before it. */
const COMMA_BYTES = 1;

/** A piece of a page that is compressed already: blocks of deflate that end at a whole byte. */
export interface DeflatedSlab {
  readonly deflated: Uint8Array;
  /** The size of its JSON, and the CRC-32 of that. */
  readonly jsonBytes: number;
  readonly checksum: number;
  /** How much of its JSON nothing was known of, from 0 to 1. */
  readonly unmatchedShare: number;
}

/** Writes records as the items of a JSON list, straight to deflate's tokens. */
export class TokenEncoder {
  readonly #table = new FragmentTable();
  readonly #operations = new Operations();
  readonly #sink = new OperationSink(this.#operations, this.#table);
  readonly #walker = new RecordWalker(this.#sink);
  readonly #tokens = new TokenBuffer();
  readonly #finder = new MatchFinder(this.#operations, this.#table, this.#tokens);
  readonly #bits = new BitWriter();
  /** The first operation of the last record. */
  #recordStart = 0;
  /** The JSON that was taken. */
  #takenBytes = 0;

  constructor(where: 'list begins' | 'list goes on') {
    this.#sink.restart(where);
  }

  /** True when it is time to take what there is. */
  get isFull(): boolean {
    return this.#sink.jsonBytes - this.#takenBytes >= SLAB_BYTES;
  }

  /**
   * Adds a record to the list.
   *
   * @returns how many bytes its JSON takes, without the comma before it.
   * @throws UnencodableError or UnsuitedError, with nothing added.
   */
  append(record: unknown): number {
    const operations = this.#operations;
    const sink = this.#sink;
    if (operations.isFull) this.#place(operations.end);
    sink.startRecord();
    const start = operations.end;
    try {
      sink.item();
      const jsonStart = sink.jsonBytes;
      this.#walker.walk(record);
      sink.endRecord();
      this.#recordStart = start;
      return sink.jsonBytes - jsonStart;
    } catch (error) {
      sink.cancelRecord();
      throw error;
    }
  }

  /** Everything since the last time. The list goes on after it. */
  take(): DeflatedSlab {
    this.#place(this.#operations.end);
    this.#operations.startRecord();
    this.#sink.flush();
    this.#place(this.#operations.end);
    return this.#slab(this.#sink.jsonBytes);
  }

  /** Everything since the last time but the last record, which begins a new list. */
  takeAllButLast(): DeflatedSlab {
    this.#place(this.#recordStart);
    this.#finder.writeLast(this.#sink.before.id);
    const slab = this.#slab(this.#sink.bytesBeforeRecord);
    this.#takenBytes += COMMA_BYTES;
    this.#sink.detachRecord(this.#recordStart);
    this.#finder.startPage(this.#recordStart);
    return slab;
  }

  /** Makes tokens of the operations up to one, and blocks of the tokens. */
  #place(end: number): void {
    let serial = this.#operations.begin;
    while (serial < end) {
      if (this.#tokens.isFull) writeBlock(this.#bits, this.#tokens);
      serial = this.#finder.write(serial, end);
    }
    this.#operations.taken(end);
  }

  /** @param end how much JSON there was up to the end of the slab. */
  #slab(end: number): DeflatedSlab {
    if (this.#tokens.count > 0) writeBlock(this.#bits, this.#tokens);
    writeByteBoundary(this.#bits);
    const jsonBytes = end - this.#takenBytes;
    this.#takenBytes = end;
    return {
      deflated: this.#bits.take(),
      jsonBytes,
      checksum: this.#finder.takeChecksum(),
      unmatchedShare: this.#finder.takeUnmatchedBytes() / Math.max(jsonBytes, 1),
    };
  }
}
