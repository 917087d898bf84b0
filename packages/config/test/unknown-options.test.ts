import {
  configFromEnv,
  configJsonSchema,
  defineConfig,
  loadConfig,
  openMetering,
  openStorage,
  parseConfig,
  parseUri,
  toUri,
} from '@metering/config';
import { createMemoryStorage, type StorageDriver } from '@metering/core';
import { expect, it } from 'vitest';

const opened: string[] = [];
const memoryDriver: StorageDriver<object, 'memory'> = {
  type: 'memory',
  open: async ({ type }) => {
    opened.push(type);
    return createMemoryStorage();
  },
};

const URI = 's3://usage';
const CONFIG = { type: 's3', bucket: 'usage' } as const;

// Without its drivers a configuration of a third party's is of an unknown type, and nobody was told why.
it.each<[string, (options: never) => unknown, string]>([
  ['configFromEnv', (options) => configFromEnv({ METERING_STORAGE_URI: URI }, options), 'drivers'],
  ['defineConfig', (options) => defineConfig(CONFIG, options), 'drivers'],
  ['configJsonSchema', (options) => configJsonSchema(options), 'drivers'],
  [
    'parseConfig',
    (options) => parseConfig(JSON.stringify(CONFIG), 'json', options),
    'drivers, env, source',
  ],
  ['loadConfig', (options) => loadConfig('no-such-file.json', options), 'format, drivers, env'],
  ['parseUri', (options) => parseUri(URI, options), 'drivers'],
  ['toUri', (options) => toUri(CONFIG, options), 'secrets, drivers'],
  [
    'openStorage',
    (options) => openStorage('memory://', [memoryDriver], options),
    'logger, onEvent, signal',
  ],
  [
    'openMetering',
    (options) => openMetering('memory://', [memoryDriver], options),
    'logger, onEvent, signal',
  ],
])('%s refuses an option that there is not, and opens nothing', async (name, call, names) => {
  const outcomeOf = async (options: unknown) => call(options as never);
  const message = `${name}: there is no option driver, only ${names}`;
  await expect(outcomeOf({ driver: [] })).rejects.toThrow(new TypeError(message));
  const none = `${name}: options must be an object, got null`;
  await expect(outcomeOf(null)).rejects.toThrow(new TypeError(none));
  expect(opened).toEqual([]);
});
