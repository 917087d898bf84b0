import { createMemoryStorage } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader } from '../../src/index.ts';
import { collect } from '../support/collect.ts';
import { DownStorage } from '../support/down-storage.ts';
import { MINUTE } from '../support/files.ts';
import { ForwardingStorage } from '../support/forwarding-storage.ts';
import { setUpFollow } from '../support/set-up-follow.ts';
import { writeSet } from '../support/write-set.ts';

describe('follow, when it is aborted', () => {
  it('ends at once by an abort, with its reason, while it waits for something new', async () => {
    const { followed } = setUpFollow();
    await followed.look();
    const reason = new Error('enough');
    expect(await followed.stop(reason)).toBe(reason);
  });

  it('ends at once by an abort while the storage is down', async () => {
    const storage = new DownStorage(createMemoryStorage());
    storage.left = Number.POSITIVE_INFINITY;
    const abort = new AbortController();
    const reason = new Error('enough');
    const following = createMeteringReader({ storage }).follow(
      { from: MINUTE, pollMs: 1e6 },
      { signal: abort.signal },
    );
    const pages = collect(following);
    abort.abort(reason);
    await expect(pages).rejects.toBe(reason);
  });

  it('ends at once by an abort between two pages', async () => {
    const storage = new ForwardingStorage(createMemoryStorage());
    await writeSet(storage, 'a');
    const abort = new AbortController();
    const reason = new Error('enough');
    const following = createMeteringReader({ storage }).follow(
      { from: MINUTE },
      { signal: abort.signal },
    );
    const pages = following[Symbol.asyncIterator]();
    await pages.next();
    abort.abort(reason);
    await expect(pages.next()).rejects.toBe(reason);
  });
});
