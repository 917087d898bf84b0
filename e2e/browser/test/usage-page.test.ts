import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSampleUsage } from '@metering/example-browser/sample-usage.ts';
import { startUsageServer, type UsageServer } from '@metering/example-browser/usage-server.ts';
import { createLocalFsStorage } from '@metering/storage-localfs';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInChromium } from './support/describe-in-chromium.ts';

const EXAMPLE = join(import.meta.dirname, '../../../examples/browser');
/** `METERING_TEST_SCREENSHOT=1` takes the README's picture anew. */
const SCREENSHOT = process.env.METERING_TEST_SCREENSHOT && join(EXAMPLE, 'screenshot.png');

describeInChromium('the page of examples/browser', (browser) => {
  let folder: string;
  let server: UsageServer;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'metering-usage-'));
    const storage = createLocalFsStorage({ basePath: join(folder, 'pages') });
    await writeSampleUsage(storage);
    await storage.put('metering/ru/notes.txt', new Uint8Array(1));
    const site = join(folder, 'site');
    const configFile = join(EXAMPLE, 'vite.config.ts');
    await build({ configFile, build: { outDir: site }, logLevel: 'warn' });
    server = await startUsageServer(storage, site);
  });
  afterAll(async () => {
    server?.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await open(browser(), server.url);
  });
  afterEach(() => page.close());

  const labels = () => page.locator('tbody tr th').allTextContents();

  it('shows every page below its key, and totals beyond 2^53 to the last unit', async () => {
    expect(await page.locator('#summary').textContent()).toBe(
      '2025-08-22 08:00 to 2025-08-22 08:02 UTC · 24 pages · 48 records',
    );
    expect(await labels()).toEqual([
      '2025-08-22 08:00',
      'api',
      'default-shared-pool',
      'api01',
      'page 0',
      'page 1',
      'api02',
      'pool-eu',
      'storage',
      '2025-08-22 08:01',
      '2025-08-22 08:02',
    ]);
    expect(await page.locator('tfoot td').allTextContents()).toEqual([
      '48',
      '1,374,074,061,706,899',
      '13,612,761',
      // 12 times 2^64 - 1, less 51,000,153.
      '221,360,928,884,463,619,227',
    ]);
  });

  it('sorts lines beside each other by any column, both ways', async () => {
    const minutes = async () => (await labels()).filter((label) => label.startsWith('2025'));
    await page.getByRole('button', { name: 'egress' }).click();
    expect(await minutes()).toEqual(['2025-08-22 08:02', '2025-08-22 08:01', '2025-08-22 08:00']);
    await page.getByRole('button', { name: 'egress' }).click();
    expect(await minutes()).toEqual(['2025-08-22 08:00', '2025-08-22 08:01', '2025-08-22 08:02']);
    const sorted = page.locator('th[aria-sort="ascending"]');
    expect(await sorted.textContent()).toContain('egress');
  });

  it('opens, closes and moves by the keyboard alone', async () => {
    const focused = () =>
      page.evaluate(() => document.activeElement?.querySelector('th')?.textContent);
    await page.locator('tbody tr').first().focus();
    await page.keyboard.press('ArrowLeft');
    expect(await labels()).toEqual(['2025-08-22 08:00', '2025-08-22 08:01', '2025-08-22 08:02']);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('api');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('2025-08-22 08:02');
    expect(await labels()).toHaveLength(5);
  });

  it.each([1180, 390])('fits a width of %d, in light and in dark', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }
  });

  it.runIf(SCREENSHOT)('is pictured in its README', async () => {
    await page.setViewportSize({ width: 1180, height: 760 });
    await writeFile(SCREENSHOT!, await page.screenshot());
  });
});

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('tbody tr').first().waitFor();
  return page;
}
