import type { MeteringEvent, Observers, StorageProvider } from '@metering/core';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { FaultProxy } from './fault-proxy.ts';
import type { FaultCaseOptions } from './run-fault-cases.ts';

/** What the cases need of a store. */
export interface ObserverCaseOptions extends Omit<FaultCaseOptions, 'open'> {
  /** Opens an empty store through the proxy, that tells the observers. */
  open(proxyEndpoint: string, observers: Observers): Promise<StorageProvider>;
  /** What no line of a log may hold. */
  readonly secrets: readonly string[];
}

const body = new Uint8Array(1000);

/**
 * Shows that a store tells pino and `onEvent` of every call that is made again, by whichever client, in
 * the same words, and of no other. To be called in a `describe`.
 */
export function runObserverCases(options: ObserverCaseOptions): void {
  const { endpoint, open, errorAnswer, codes, secrets } = options;
  const events: MeteringEvent[] = [];
  const lines: string[] = [];
  let proxy: FaultProxy;
  let storage: StorageProvider;

  beforeAll(async () => {
    proxy = await FaultProxy.start(endpoint);
    const write = (line: string) => void lines.push(line);
    const logger = pino({ level: 'trace' }, { write }).child({ service: 'billing' });
    storage = await open(proxy.endpoint, { logger, onEvent: (event) => void events.push(event) });
    await storage.put('k', body);
  });
  beforeEach(() => {
    proxy.reset();
    events.length = 0;
    lines.length = 0;
  });
  afterAll(async () => {
    await storage?.close();
    await proxy.stop();
  });

  it('a call that is made again is told to pino and to onEvent, each time with its error', async () => {
    proxy.inject(errorAnswer(503, codes.slowDown), () => true, 2);
    await storage.put('k', body);
    const error = { code: 'RATE_LIMITED', provider: storage.name, operation: 'put', key: 'k' };
    const retries = [1, 2].map((attempt) => ({ attempt, delayMs: expect.any(Number) }));
    expect(events).toMatchObject(retries.map((retry) => ({ type: 'retry', error, ...retry })));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(
      retries.map((retry) => ({
        level: pino.levels.values.warn,
        service: 'billing',
        msg: 'A call to the storage failed and is made again',
        err: { type: 'StorageError', message: expect.stringContaining('put "k"'), ...error },
        ...retry,
      })),
    );
    for (const secret of secrets) expect(lines.join('')).not.toContain(secret);
  });

  it.each([
    ['an answer that breaks off', 'get', () => storage.get('k')],
    ['a failure that a HEAD has no words for', 'head', () => storage.head('k')],
    ['a failure of the store', 'list', () => storage.list()[Symbol.asyncIterator]().next()],
  ] as const)('%s is told once, where the next attempt succeeds', async (_, operation, call) => {
    const failure = errorAnswer(500, codes.failure);
    proxy.inject(operation === 'get' ? { kind: 'truncate-body' } : failure, () => true);
    await call();
    const error = { code: 'UNAVAILABLE', provider: storage.name, operation };
    expect(events).toMatchObject([{ type: 'retry', attempt: 1, error }]);
    expect(lines).toHaveLength(1);
  });

  it('a call that fails for good is not told: its caller has the error', async () => {
    await expect(storage.get('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.head('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const again = storage.put('k', body, { mode: 'create' });
    await expect(again).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect([events, lines]).toEqual([[], []]);
  });
}
