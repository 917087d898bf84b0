import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

/** What the tests share is made once: packed packages, an installed third party, servers. */
export default mergeConfig(shared, {
  test: {
    globalSetup: ['test/setup.ts'],
    // They install packages, which may take its time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
