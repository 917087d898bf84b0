/** How much is read or written in one call to the system; between two of them an abort is seen. */
export const CHUNK_BYTES = 16 * 1024 * 1024;
