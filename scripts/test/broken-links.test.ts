import { expect, it } from 'vitest';
import { brokenLinks } from '../lib/broken-links.ts';

const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Title\n',
  'docs/a.md':
    '# A\n\n## What `put` does, and why\n\n## Twice\n\n## Twice\n\n```md\n## Shown\n```\n',
  'docs/picture.svg': '<svg/>',
};

/** What is wrong with a text that stands in `docs/b.md`. */
function problemsOf(text: string): string[] {
  const files: Readonly<Record<string, string>> = { ...FILES, 'docs/b.md': text };
  return brokenLinks('docs/b.md', {
    exists: (path) => path in files || path === 'docs',
    textOf: (path) => files[path] ?? '',
  });
}

it.each([
  '[a](a.md) [b](./a.md#a) [root](../README.md#title) ![picture](./picture.svg) [folder](.)',
  '[put](a.md#what-put-does-and-why) [first](a.md#twice) [second](a.md#twice-1)',
  '# B\n\n[here](#b)\n',
  '[elsewhere](https://example.com/gone.md#x) [mail](mailto:a@example.com)',
  '`[code](gone.md)`\n\n```md\n[shown](gone.md)\n```\n',
  '[listed]\n\n[listed]: ./a.md\n',
])('finds nothing wrong with %j', (text) => {
  expect(problemsOf(text)).toEqual([]);
});

// The site is built of some documents, and asks of no heading whether it is there.
it.each([
  ['[a](gone.md)', 'there is no docs/gone.md'],
  ['![a](../picture.svg)', 'there is no picture.svg'],
  ['[a](a.md#gone)', 'docs/a.md has no heading for #gone'],
  ['[a](a.md#shown)', 'docs/a.md has no heading for #shown'],
  ['[a](a.md#twice-2)', 'no heading for #twice-2'],
  ['[a](#a)', 'docs/b.md has no heading for #a'],
  ['[a]\n\n[a]: ./gone.md\n', 'there is no docs/gone.md'],
])('names a link that leads nowhere: %s', (text, problem) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
});
