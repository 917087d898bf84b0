import { createMemoryStorage, ValidationError } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type FollowQuery } from '../../src/index.ts';
import { collect } from '../support/collect.ts';
import { MINUTE } from '../support/files.ts';

describe('follow refuses', () => {
  it.each([
    [undefined, ['from']],
    [{ from: 1.5 }, ['from']],
    [{ from: MINUTE * 1000 }, ['from']],
    [{ from: MINUTE, pollMs: -1, settleSeconds: Number.NaN }, ['pollMs', 'settleSeconds']],
    [{ from: MINUTE, settleSeconds: 100, lateSeconds: 99 }, ['lateSeconds']],
    [{ from: MINUTE, category: '', incomplete: 'maybe' }, ['category', 'incomplete']],
    [{ from: MINUTE, checkpoint: 'x' }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: null }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: { version: 2, from: MINUTE, given: {} } }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: { version: 1, from: '', given: {} } }, ['checkpoint']],
    [{ from: MINUTE, checkpoint: { version: 1, from: 0, given: { w: [[60]] } } }, ['checkpoint']],
    [
      { from: MINUTE, checkpoint: { version: 1, from: 0, given: { w: [[120, 60]] } } },
      ['checkpoint'],
    ],
  ])('the query %j, naming every field', async (query, paths) => {
    const reader = createMeteringReader({ storage: createMemoryStorage() });
    const error = await collect(reader.follow(query as FollowQuery)).catch((reason) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toEqual(paths);
  });
});
