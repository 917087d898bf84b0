/**
 * The first character that no key may hold, described for a message: control characters (C0, DEL,
 * C1), U+FFFE, U+FFFF and halves of surrogate pairs. XML listings and file systems lose them.
 */
export function forbiddenCharacter(text: string): string | undefined {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x20 && unit < 0x7f) continue;
    if (unit < 0xa0) return `the control character ${codePointName(unit)}`;
    if (unit < 0xd800) continue;
    if (unit <= 0xdfff) {
      if (!isSurrogatePair(unit, text.charCodeAt(index + 1))) {
        return `the lone surrogate ${codePointName(unit)}`;
      }
      index += 1;
    } else if (unit >= 0xfffe) {
      return `the character ${codePointName(unit)}`;
    }
  }
  return undefined;
}

function isSurrogatePair(high: number, low: number): boolean {
  return high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
