import { createMemoryStorage, isStorageError, type MeteringEvent } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader } from '../../src/index.ts';
import { DownStorage } from '../support/down-storage.ts';
import { MINUTE } from '../support/files.ts';
import { Followed } from '../support/followed.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { writeSet } from '../support/write-set.ts';

describe('follow, when the storage fails', () => {
  it('waits and goes on when it is back, and logs that', async () => {
    const clock = new ManualClock(MINUTE + 60);
    const storage = new DownStorage(createMemoryStorage());
    const logger = recordingLogger();
    await writeSet(storage, 'a');
    await writeSet(storage, 'b');
    storage.left = 6;
    const followed = new Followed({ storage, clock, logger });
    expect(await followed.look()).toHaveLength(6);
    expect(storage.failures).toBe(6);
    expect(logger.warnings).toHaveLength(6);
  });

  it('tells onEvent of each call that it makes again', async () => {
    const storage = new DownStorage(createMemoryStorage());
    await writeSet(storage, 'a');
    storage.left = 2;
    const events: string[] = [];
    const onEvent = ({ type }: MeteringEvent) => void events.push(type);
    const reader = createMeteringReader({ storage, onEvent });
    for await (const page of reader.follow({ from: MINUTE, pollMs: 1 })) if (page.parts) break;
    expect(events).toEqual(['retry', 'retry']);
  });

  it('throws at once what cannot pass', async () => {
    const clock = new ManualClock(MINUTE + 60);
    const storage = new DownStorage(createMemoryStorage());
    storage.code = 'PERMISSION_DENIED';
    storage.left = 1;
    const followed = new Followed({ storage, clock });
    await followed.look();
    expect(isStorageError(await followed.ended, 'PERMISSION_DENIED')).toBe(true);
  });
});
