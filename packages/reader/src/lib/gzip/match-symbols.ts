/*
 * What the symbols of lengths and distances stand for (RFC 1951, section 3.2.5): the least, and how many extra bits
 * tell what it is more.
 */

/** What the last two of either stand for, which have a code but must not occur: more than fits into any output. */
const NONE = [0xffff, 0xffff];

/** By the symbol − 257. */
export const LENGTH_LEAST = /* @__PURE__ */ Uint16Array.of(
  ...[
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  ],
  ...[163, 195, 227, 258],
  ...NONE,
);
export const LENGTH_EXTRA_BITS = /* @__PURE__ */ Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0, 0, 0],
);

/** By the symbol. */
export const DISTANCE_LEAST = /* @__PURE__ */ Uint16Array.of(
  ...[
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  ],
  ...[3073, 4097, 6145, 8193, 12_289, 16_385, 24_577],
  ...NONE,
);
export const DISTANCE_EXTRA_BITS = /* @__PURE__ */ Uint8Array.of(
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13],
  ...[13, 0, 0],
);
