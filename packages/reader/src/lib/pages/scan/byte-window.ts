/** Free space behind the content: reading four bytes at a time goes beyond its end. */
const MARGIN = 16;
const QUOTE = 0x22;

/**
 * The part of a page's JSON that is at hand: what was not read yet, and behind it what came last.
 *
 * The content is followed by quotes. So whoever looks for the end of a text finds one, and has only to
 * see that it is not at or beyond `end`; and nothing that ends otherwise than in a quote is found there.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** What begins here was not read yet. */
  start = 0;
  end = 0;

  append(chunk: Uint8Array): void {
    if (this.end + chunk.length + MARGIN > this.bytes.length) this.#makeRoom(chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.bytes.fill(QUOTE, this.end, this.end + MARGIN);
  }

  /** Holds these bytes and no others. */
  restart(chunk: Uint8Array): void {
    this.start = 0;
    this.end = 0;
    this.append(chunk);
  }

  /** Moves what is left to the beginning, of a larger buffer if it would fill this one again soon. */
  #makeRoom(length: number): void {
    const left = this.bytes.subarray(this.start, this.end);
    const needed = left.length + length + MARGIN;
    if (needed > this.bytes.length) this.#allocate(left.length + needed);
    this.bytes.set(left);
    this.start = 0;
    this.end = left.length;
  }

  #allocate(capacity: number): void {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.view = new DataView(this.bytes.buffer);
  }
}
