import { meteringKey } from '@metering/core';
import { FILE_SUFFIX, joinMeteringKey } from '@metering/core/building-blocks';
import type { PageSet } from './page-envelope.ts';

/** The keys of one set's pages. */
export class SetKeys {
  readonly #set: PageSet;
  /** What the keys of all its pages begin with, and no key of another set. */
  readonly prefix: string;

  /** @param set one that is known to be good. */
  constructor(set: PageSet) {
    const { timestamp, category, sharedPoolId, selfId } = set;
    const first = joinMeteringKey({ timestamp, category, sharedPoolId, selfId, part: 0 });
    this.#set = set;
    this.prefix = first.slice(0, -`0${FILE_SUFFIX}`.length);
  }

  /** @throws ValidationError when the digits of `part` make the key too long. */
  checked(part: number): string {
    const { timestamp, category, sharedPoolId, selfId } = this.#set;
    return meteringKey({ timestamp, category, sharedPoolId, selfId, part });
  }

  /** The key as text, whether or not it is too long. */
  text(part: number): string {
    return `${this.prefix}${part}${FILE_SUFFIX}`;
  }
}
