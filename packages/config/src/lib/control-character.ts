/** A control character, line breaks included. */
export const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;
