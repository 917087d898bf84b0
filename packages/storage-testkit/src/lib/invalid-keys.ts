import { LONGEST_KEY } from './odd-keys.ts';

/** What no call may take for a key. */
export const INVALID_KEYS: readonly string[] = [
  '',
  '/',
  '/a',
  'a/',
  'a//b',
  '//a',
  '.',
  '..',
  './a',
  '../a',
  'a/./b',
  'a/../b',
  'a/..',
  '\0',
  'a\0b',
  'a\nb',
  'a\tb',
  'a\u001fb',
  'a\u007fb',
  'a\u0080b',
  'a\u0085b',
  'a\u009fb',
  'a\ufffeb',
  'a\uffffb',
  'a\ud83d',
  'a\ude00b',
  '\ude00\ud83d',
  `${LONGEST_KEY}x`,
  tooLongKey('ü'),
  tooLongKey('😀'),
];

/** What a program without types may pass. */
export const NOT_KEYS: readonly unknown[] = [undefined, null, 42, {}, ['a'], Symbol.iterator];

/** More than 1,024 bytes, though fewer characters, in segments below 100 bytes. */
function tooLongKey(character: string): string {
  const segment = character.repeat(96 / Buffer.byteLength(character));
  return Array.from({ length: 11 }, () => segment).join('/');
}
