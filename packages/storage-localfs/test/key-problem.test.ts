import { describe, expect, it } from 'vitest';
import { keyProblem } from '../src/lib/key-problem.ts';
import { temporaryName } from '../src/lib/writing/temporary-file.ts';

const HELD_ANYWHERE = [
  'metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz',
  'console/connection/comma',
  'com/lpt/company/null/auxiliary/com10/.con',
  '.metering/.metering-notes.tmp',
  'a b/ä/😀/%20/+/a.b./c'.replace('a.b./', ''),
  'x'.repeat(255),
  'ä'.repeat(127),
];
const NOT_ON_WINDOWS = [
  'a:b',
  'a\\b',
  'what?',
  'a*',
  '"a"',
  '<a',
  'a>',
  'a|b',
  'folder./key',
  'key.',
  'key ',
  'CON',
  'nul.json.gz',
  'a/Aux/b',
  'COM1',
  'lpt9.txt',
  'com¹',
  'CONIN$',
  'prn .txt',
];

describe.each(['linux', 'darwin', 'win32'] as const)('keys on %s', (platform) => {
  it.for(HELD_ANYWHERE)('%j is held', (key) => {
    expect(keyProblem(key, platform)).toBeUndefined();
  });

  it.for(NOT_ON_WINDOWS)('%j is held but on Windows', (key) => {
    if (platform === 'win32') expect(keyProblem(key, platform)).toMatch(/Windows/);
    else expect(keyProblem(key, platform)).toBeUndefined();
  });

  it('a segment of more than 255 bytes is not', () => {
    for (const segment of ['x'.repeat(256), 'ä'.repeat(128), '😀'.repeat(64)]) {
      expect(keyProblem(`a/${segment}/b`, platform)).toMatch(/255 bytes/);
    }
  });

  it('a name of a temporary file is not, in small letters or capitals', () => {
    for (const name of [temporaryName(), temporaryName().toUpperCase()]) {
      expect(keyProblem(`a/${name}`, platform)).toMatch(/temporary/);
      expect(keyProblem(`${name}/b`, platform)).toMatch(/temporary/);
    }
  });
});
