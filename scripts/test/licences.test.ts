import { expect, it } from 'vitest';
import { unacceptable } from '../lib/licences.ts';

const ACCEPTABLE = ['MIT', 'ISC'];

it('names each package whose licence is not acceptable', () => {
  const licensed = { MIT: [{ name: 'a' }], 'GPL-3.0': [{ name: 'b' }, { name: 'c' }] };
  expect(unacceptable(licensed, ACCEPTABLE, {})).toEqual([
    'b: GPL-3.0 is not acceptable',
    'c: GPL-3.0 is not acceptable',
  ]);
});

it.each(['(GPL-2.0 OR MIT)', 'GPL-2.0 OR ISC'])('takes one of a choice: %s', (licence) => {
  expect(unacceptable({ [licence]: [{ name: 'a' }] }, ACCEPTABLE, {})).toEqual([]);
});

it.each(['Unknown', 'MIT AND GPL-2.0', 'SEE LICENSE IN LICENSE'])('refuses %s', (licence) => {
  expect(unacceptable({ [licence]: [{ name: 'a' }] }, ACCEPTABLE, {})).toHaveLength(1);
});

it('knows of a licence that a manifest does not name', () => {
  expect(unacceptable({ Unknown: [{ name: 'a' }] }, ACCEPTABLE, { a: 'MIT' })).toEqual([]);
});
