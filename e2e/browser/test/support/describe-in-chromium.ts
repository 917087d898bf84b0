import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { findChromium, startChromium } from './chromium.ts';

/**
 * Tests in Chromium. Without one they are skipped, which the summary tells; in CI, where it has to be
 * there, they fail.
 */
export function describeInChromium(name: string, tests: (browser: () => Browser) => void): void {
  const path = findChromium();
  if (path !== undefined) {
    describe(name, () => {
      let browser: Browser;
      beforeAll(async () => {
        browser = await startChromium(path);
      });
      afterAll(() => browser?.close());
      tests(() => browser);
    });
    return;
  }
  it(name, (test) => {
    const reason = 'there is no Chromium; install one or name it in METERING_TEST_CHROMIUM';
    if (process.env.CI) throw new Error(reason);
    test.skip(reason);
  });
}
