import { type StorageProvider, withPrefix } from '@metering/core';
import { emptyBody } from './bodies.ts';
import { putAll } from './put-all.ts';

/** A way to look at a store: the contract holds for each. */
export interface View {
  readonly name: string;
  readonly open: (base: StorageProvider) => Promise<StorageProvider>;
}

export const BARE: View = { name: 'bare', open: async (base) => base };

/** Where the view through `withPrefix` looks. */
export const VIEW_PREFIX = 'outer/inner';

/** Objects of others, in every order around the view; no case may ever meet them. */
export const SIBLINGS: readonly string[] = [
  'other',
  'outer/a',
  'outer/inner-sibling/x',
  'outer/inner.x',
  'outer/inner0',
  'outer/z',
];

export const BELOW_A_PREFIX: View = {
  name: 'below a prefix',
  open: async (base) => {
    await putAll(base, SIBLINGS, emptyBody);
    return withPrefix(base, VIEW_PREFIX);
  },
};
