export { createEventRecorder } from './lib/create-event-recorder.ts';
export { instrumentMetaReader } from './lib/instrument-meta-reader.ts';
export { instrumentMetaWriter } from './lib/instrument-meta-writer.ts';
export { instrumentMeteringReader } from './lib/instrument-metering-reader.ts';
export { instrumentMeteringWriter } from './lib/instrument-metering-writer.ts';
export { instrumentStorage } from './lib/instrument-storage.ts';
export type { TelemetryOptions } from './lib/telemetry.ts';
