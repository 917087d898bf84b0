/** The most JSON in bytes that a page or a metadata file may hold: no more is written, and readers refuse more. */
export const MAX_JSON_BYTES = 104_857_600;
