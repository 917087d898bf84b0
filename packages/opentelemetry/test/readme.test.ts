import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, metrics, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followContexts, RecordedTelemetry } from './support/recorded-telemetry.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metering-opentelemetry-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  trace.disable();
  metrics.disable();
  context.disable();
  await rm(folder, { recursive: true });
});

it('does what the README shows, with the SDK that is registered', async () => {
  const telemetry = new RecordedTelemetry();
  followContexts();
  trace.setGlobalTracerProvider(telemetry.tracerProvider);
  metrics.setGlobalMeterProvider(telemetry.meterProvider);
  await import('./children/usage.ts');
  expect(telemetry.tree).toEqual([
    'write metering',
    '  put localfs',
    'categories metering',
    '  list localfs',
    'read metadata',
    '  list localfs',
  ]);
  expect(await telemetry.points('metering.write.pages')).toMatchObject([{ value: 1 }]);
});
