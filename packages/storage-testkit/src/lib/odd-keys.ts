/** A key, and what to call it where it is too long or cannot be shown. */
export interface OddKey {
  readonly key: string;
  readonly label: string;
}

/** 1,024 bytes, the most that a key may have, in segments of 101. */
export const LONGEST_KEY = `${`${'s'.repeat(101)}/`.repeat(10)}last`;

/** Keys that every store must hold. */
export const ODD_KEYS: readonly OddKey[] = [
  'a key with spaces/and more',
  'a+b',
  'a%20b',
  'a%2Fb',
  'a%252Fb',
  'a%',
  'a%zz',
  'a?b=c&d',
  'a#b',
  "it's",
  'say "hello"',
  '<a>&amp;</a>',
  '&lt;',
  'a=b;c,d@e!f$g~h',
  '(a)[b]{c}^`|',
  'a:b',
  'a*b',
  '@{a}',
  '-a',
  '_a',
  'a..b/...c',
  'Ünïcödé/日本語/العربية',
  'emoji/😀/👩‍👩‍👧',
  'beyond U+FFFF/\u{10ffff}',
  'below the surrogates/\ud7ff and above/\ue000\uffee\ufffd',
  'no-break\u00a0space and line\u2028separator',
  'byte order mark/\ufeffa',
  'v1.0/2024-01-01T00:00:00Z/x.json.gz',
  'constructor/__proto__/toString',
  `${'deep/'.repeat(40)}x`,
  `long segment/${'x'.repeat(200)}`,
].map((key) => ({ key, label: labelOf(key) }));

/** Keys that a store may refuse, if it does so for every call. */
export const HARD_KEYS: readonly OddKey[] = [
  ' space first',
  'space last ',
  'folder /space last',
  'dot last.',
  'folder./dot last',
  '.dot first',
  '...',
  '\\backslash first',
  'back\\slash',
  '..\\up',
  'C:\\x',
  'CON',
  'nul.txt',
  '*',
  'a\u{1fffe}noncharacter',
  'lock.lease',
  'a.tmp',
  `${'x'.repeat(255)}`,
  `${'x'.repeat(256)}`,
  `${'😀'.repeat(100)}`,
  `${'segment-of-thirty-two-characters/'.repeat(31)}x`,
  LONGEST_KEY,
].map((key) => ({ key, label: labelOf(key) }));

/** Keys that a careless store takes for one. */
export interface NearKeys {
  readonly difference: string;
  readonly keys: readonly string[];
}

export const NEAR_KEYS: readonly NearKeys[] = [
  { difference: 'in how a space is written', keys: ['a b', 'a+b', 'a%20b', 'a%2520b'] },
  { difference: 'in how a slash is written', keys: ['p/q', 'p%2Fq', 'p%2fq', 'p\\q'] },
  { difference: 'in case', keys: ['Case/Key', 'case/key', 'CASE/KEY'] },
  { difference: 'in the normal form of Unicode', keys: ['e\u0301', '\u00e9'] },
  { difference: 'in spaces at either end', keys: ['trim', 'trim ', ' trim'] },
  { difference: 'in what follows a "?" or "#"', keys: ['x?y', 'x?z', 'x', 'x#y'] },
];

function labelOf(key: string): string {
  const shown = JSON.stringify(key);
  if (shown.length <= 60) return shown;
  return `${[...shown].slice(0, 30).join('')}…, ${Buffer.byteLength(key)} bytes`;
}
