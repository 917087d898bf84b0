import { controlCharacterExpected } from './control-character.ts';

/** What an endpoint's syntax is, is the backend's to say; but it must not carry credentials past us. */
export const ENDPOINT = {
  type: 'string',
  expected: endpointExpected,
  hideUnexpected: true,
} as const;

/** Without a scheme, too: what stands before `@` is a password there as well. */
function endpointExpected(text: string): string | undefined {
  if (/[@?]/.test(text)) {
    return 'a URL without user info and query; credentials have options of their own';
  }
  return controlCharacterExpected(text);
}
