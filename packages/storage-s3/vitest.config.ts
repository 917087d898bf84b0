import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

/** The servers are started once for all test files. */
export default mergeConfig(shared, { test: { globalSetup: ['test/servers.ts'] } });
