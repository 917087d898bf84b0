import { compareUtf8 } from '@metering/core/building-blocks';
import type { SetIdentity } from '../pages/listed-sets.ts';

/** Who writes one set a minute: an instance of a service, in a shared pool. */
export type SetWriter = Omit<SetIdentity, 'timestamp'>;

/** One text for each writer: none of its parts holds a `/`. */
export function writerId({ category, sharedPoolId, selfId }: SetWriter): string {
  return `${category}/${sharedPoolId}/${selfId}`;
}

/** By category, then shared pool, then instance, each by its UTF-8 bytes. */
export function compareWriters(a: SetWriter, b: SetWriter): number {
  return (
    compareUtf8(a.category, b.category) ||
    compareUtf8(a.sharedPoolId, b.sharedPoolId) ||
    compareUtf8(a.selfId, b.selfId)
  );
}
