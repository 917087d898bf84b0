/** Control characters (C0, DEL, C1), U+FFFE, U+FFFF and halves of surrogate pairs. */
const FORBIDDEN = /[\0-\x1f\x7f-\x9f\ufffe\uffff]|\p{Cs}/u;

/**
 * The first character that no key may hold, described for a message: XML listings and file systems
 * lose them.
 */
export function forbiddenCharacter(text: string): string | undefined {
  const found = FORBIDDEN.exec(text)?.[0];
  return (
    found && `the ${found.isWellFormed() ? 'character' : 'lone surrogate'} ${codePointName(found)}`
  );
}

/** How a text's first character is named where it cannot be shown: `U+FEFF`. */
export function codePointName(text: string): string {
  return `U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
