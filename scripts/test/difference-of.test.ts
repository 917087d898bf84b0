import { expect, it } from 'vitest';
import { differenceOf } from '../lib/difference-of.ts';

const PRINTED = 'acme  egress  12  bytes\n\nWrote 1 page.\nIt took 9 ms.\n';

it('takes the same for the same, however long it took', () => {
  expect(differenceOf(PRINTED, PRINTED.replace('9 ms', '10 ms'))).toBeUndefined();
});

// The dry run of a release asked for the word "written", which every summary of the quickstart has.
it.each([
  [PRINTED.replace('12', '13'), 'line 1 is "acme  egress  13  bytes", but'],
  [PRINTED.replace('Wrote 1 page', 'Of 2 pages, 1 was written'), 'line 3 is "Of 2'],
  ['', 'line 1 is "", but'],
  [`${PRINTED.split('\n', 1)[0]}\n`, 'line 2 is absent, but expected is ""'],
  [PRINTED.replace('It took', 'More.\nIt took'), 'line 4 is "More.", but expected is absent'],
])('names the first line that differs', (printed, problem) => {
  expect(differenceOf(printed, PRINTED)).toContain(problem);
});
