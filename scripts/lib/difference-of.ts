/** How long a program took is another time each time. */
const TIMES = /^It took .*$/m;

/** The first line in which what a program printed is not what was expected, or undefined if there is none. */
export function differenceOf(printed: string, expected: string): string | undefined {
  const lines = linesOf(printed);
  const expectedLines = linesOf(expected);
  const length = Math.max(lines.length, expectedLines.length);
  for (let index = 0; index < length; index++) {
    if (lines[index] === expectedLines[index]) continue;
    return `line ${index + 1} is ${quoted(lines[index])}, but expected is ${quoted(expectedLines[index])}`;
  }
  return undefined;
}

function linesOf(text: string): string[] {
  return text.replace(TIMES, '').trimEnd().split('\n');
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'absent' : JSON.stringify(line);
}
