import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

/** Azurite is started once for all test files. */
export default mergeConfig(shared, { test: { globalSetup: ['test/azurite.ts'] } });
