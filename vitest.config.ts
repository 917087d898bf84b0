import { defineConfig } from 'vitest/config';
import { TestResultsReporter } from './scripts/lib/test-results-reporter.ts';

const conditions = ['@metering/source', 'node', 'development|production'];

/** One configuration for every package: tests run from source, results are kept for the summary. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', new TestResultsReporter()],
  },
});
