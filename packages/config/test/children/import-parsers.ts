import { readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';

/** Prints which modules each use of the package imports; the argument is a file for notes. */
const log = process.argv[2]!;
/** A loader's hooks that note every module's URL. */
const HOOKS = `import { appendFileSync } from 'node:fs';
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  appendFileSync(${JSON.stringify(log)}, resolved.url + '\\n');
  return resolved;
}`;

writeFileSync(log, '');
register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);

function importedSince(): string[] {
  const urls = readFileSync(log, 'utf8').split('\n');
  writeFileSync(log, '');
  return urls;
}

const { configFromEnv, defineConfig, openStorage, parseConfig } = await import('@metering/config');
const { localFsDriver } = await import('@metering/storage-localfs');
await configFromEnv({ METERING_STORAGE_URI: 's3://bucket' });
await parseConfig('{"type": "s3", "bucket": 5}', 'json').catch(() => {});
await openStorage(defineConfig({ type: 'localfs' }), [localFsDriver]);
const neither = importedSince();
await parseConfig('type: localfs', 'yaml');
const yaml = importedSince();
await parseConfig('type = "localfs"', 'toml');
const toml = importedSince();
process.stdout.write(JSON.stringify({ neither, yaml, toml }));
