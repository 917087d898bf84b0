import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStorage, parseJson } from '@metering/core';
import { startUsageServer } from '@metering/example-browser/usage-server.ts';
import { createMeteringWriter } from '@metering/writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLERS, scriptOf } from './support/bundle.ts';
import { describeInChromium } from './support/describe-in-chromium.ts';

const TIMESTAMP = 1_755_850_380;
const RECORDS = [{ logical_cluster_id: 'acme', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }];
const storage = createMemoryStorage();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-browser-'));
  const writer = createMeteringWriter({ storage });
  await writer.write({ timestamp: TIMESTAMP, category: 'api', selfId: 'a1', data: RECORDS });
  for (const [name, bundle] of Object.entries(BUNDLERS)) await bundle(join(folder, name));
});

afterAll(() => rm(folder, { recursive: true }));

describe.each(Object.keys(BUNDLERS))('core bundled by %s', (name) => {
  it('is what the application uses, and nothing else', async () => {
    const script = await scriptOf(join(folder, name));
    for (const used of ['without an end', 'INVALID_INPUT', '@metering/error']) {
      expect(script).toContain(used);
    }
    for (const unused of ['metering-probe', 'asyncDispose', 'no exclusive create', 'node:']) {
      expect(script).not.toContain(unused);
    }
  });
});

describeInChromium('core in Chromium', (browser) => {
  it.each(Object.keys(BUNDLERS))(
    'builds and parses keys, validates, and reads a page exactly: bundled by %s',
    async (name) => {
      const server = await startUsageServer(storage, join(folder, name));
      const page = await browser().newPage();
      try {
        const errors: Error[] = [];
        page.on('pageerror', (error) => errors.push(error));
        await page.goto(server.url);
        const result = page.locator('#result:not(:empty)');
        const text = await result.textContent({ timeout: 20_000 }).catch(() => null);
        expect(errors).toEqual([]);
        expect(parseJson(text ?? '')).toEqual({
          key: `metering/ru/${TIMESTAMP}/api/default-shared-pool/a1-0.json.gz`,
          parsed: {
            timestamp: TIMESTAMP,
            category: 'api',
            sharedPoolId: 'default-shared-pool',
            selfId: 'a1',
            part: 0,
          },
          notCanonical: true,
          valid: [],
          invalid: ['selfId INVALID_CHARACTER', 'data[0].egress.value OUT_OF_RANGE'],
          records: RECORDS,
        });
      } finally {
        await page.close();
        server.close();
      }
    },
  );
});
