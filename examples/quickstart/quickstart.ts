/** `npm run quickstart [-- target]`: meters an hour of three services and reads it back. */
import { isMeteringError } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { createMeteringWriter } from '@metering/writer';
import { HOUR, hourOfUsage } from './hour-of-usage.ts';
import { openTarget } from './open-target.ts';
import { reportOf } from './report.ts';

const USAGE = `Usage: npm run quickstart [-- target]

Meters an hour of three services and reads it back. The target is a folder, a URI (file:///tmp/usage)
or a configuration file (usage.yaml). Default: the folder ./metering-data`;

/** The whole of it: open a storage, write each minute, read it back and add it up. */
async function quickstart(target: string): Promise<string> {
  const { storage, sharedPoolId, name } = await openTarget(target);
  const writer = createMeteringWriter({ storage, sharedPoolId });
  const reader = createMeteringReader({ storage });

  const start = performance.now();
  const written = await Promise.all(hourOfUsage().map((usage) => writer.write(usage)));
  const afterWriting = performance.now();
  const totals = await reader.totals({ ...HOUR, by: 'cluster' });
  const afterReading = performance.now();
  await storage.close();

  return reportOf({
    target: name,
    pages: written.flatMap(({ pages }) => pages),
    totals: totals.rows,
    writingMs: afterWriting - start,
    readingMs: afterReading - afterWriting,
  });
}

try {
  const [target = './metering-data', ...others] = process.argv.slice(2);
  console.log(target.startsWith('-') || others.length > 0 ? USAGE : await quickstart(target));
} catch (error) {
  if (!isMeteringError(error)) throw error;
  console.error(`quickstart: ${error.message}`);
  process.exitCode = 1;
}
