/** A control character, line breaks included. */
export const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** What text with a control character should have been. */
export function controlCharacterExpected(text: string): string | undefined {
  if (!CONTROL_CHARACTER.test(text)) return undefined;
  return 'text without line breaks and other control characters';
}
