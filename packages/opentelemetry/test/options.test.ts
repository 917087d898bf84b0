import { createMemoryStorage } from '@metering/core';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { expect, it } from 'vitest';
import {
  createEventRecorder,
  instrumentMetaReader,
  instrumentMetaWriter,
  instrumentMeteringReader,
  instrumentMeteringWriter,
  instrumentStorage,
} from '../src/index.ts';

const storage = createMemoryStorage();

// Spans went to the provider that is registered, and nobody was told.
it.each<[string, (options: never) => unknown]>([
  ['instrumentStorage', (options) => instrumentStorage(storage, options)],
  [
    'instrumentMeteringReader',
    (options) => instrumentMeteringReader(createMeteringReader({ storage }), options),
  ],
  [
    'instrumentMetaReader',
    (options) => instrumentMetaReader(createMetaReader({ storage }), options),
  ],
  [
    'instrumentMeteringWriter',
    (options) => instrumentMeteringWriter(createMeteringWriter({ storage }), options),
  ],
  [
    'instrumentMetaWriter',
    (options) => instrumentMetaWriter(createMetaWriter({ storage }), options),
  ],
  ['createEventRecorder', (options) => createEventRecorder(options)],
])('%s refuses an option that there is not', (name, instrument) => {
  const make = (options: unknown) => () => instrument(options as never);
  const message = `${name}: there is no option traceProvider, only tracerProvider, meterProvider`;
  expect(make({ traceProvider: undefined })).toThrow(TypeError);
  expect(make({ traceProvider: undefined })).toThrow(message);
  expect(make(null)).toThrow(`${name}: options must be an object, got null`);
  expect(make({ tracerProvider: undefined, meterProvider: undefined })).not.toThrow();
});
