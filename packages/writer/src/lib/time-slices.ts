/** How long work may keep the event loop busy at a stretch. */
const SLICE_MS = 1;
/** So many bytes are written between two looks at the clock. */
const BYTES_PER_LOOK = 4096;

/** Cuts long work into slices, so that timers, sockets and aborts get their turn between them. */
export class TimeSlices {
  #end = performance.now() + SLICE_MS;
  #unseenBytes = 0;

  /** Notes work that was done; true when the slice is over and `pause` is due. */
  spend(bytes: number): boolean {
    this.#unseenBytes += bytes;
    if (this.#unseenBytes < BYTES_PER_LOOK) return false;
    this.#unseenBytes = 0;
    return performance.now() >= this.#end;
  }

  /** Lets the event loop turn once. @throws the signal's reason when it is aborted. */
  async pause(signal: AbortSignal | undefined): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    this.#end = performance.now() + SLICE_MS;
  }
}
