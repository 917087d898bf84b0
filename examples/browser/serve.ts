/** `pnpm -C examples/browser start [FOLDER]`: shows a folder of pages; without one, sample usage. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { build } from 'vite';
import { writeSampleUsage } from './sample-usage.ts';
import { startUsageServer } from './usage-server.ts';

const PORT = 4173;
const [folder] = process.argv.slice(2);
const temporary = await mkdtemp(join(tmpdir(), 'metering-usage-'));
const storage = createLocalFsStorage({ basePath: folder ?? join(temporary, 'pages') });
if (folder === undefined) await writeSampleUsage(storage);

const site = join(temporary, 'site');
const configFile = join(import.meta.dirname, 'vite.config.ts');
await build({ configFile, build: { outDir: site }, logLevel: 'warn' });
const { url } = await startUsageServer(storage, site, PORT);
console.log(`The usage of ${folder ?? 'a sample'} is shown at ${url}`);
