import pino from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import {
  defineStorageProvider,
  type Logger,
  StorageError,
  type StorageProvider,
  withRetry,
} from '../src/index.ts';
import { backendWith } from './support/backend-with.ts';

const MESSAGE = 'A call to the storage failed and is made again';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A storage whose first call fails in passing. */
function failingOnce(logger: Logger): StorageProvider {
  const errors = [
    new StorageError({
      code: 'UNAVAILABLE',
      message: 'fake get "k": no answer',
      provider: 'fake',
      operation: 'get',
      key: 'k',
      cause: Object.assign(new Error('cut off'), { received: 2n ** 64n - 1n }),
    }),
  ];
  const get = async () => {
    const error = errors.pop();
    if (error !== undefined) throw error;
    return new Uint8Array();
  };
  return withRetry(defineStorageProvider(backendWith({ get })), { baseDelayMs: 0, logger });
}

it("writes to pino's child loggers, the error where pino serialises it", async () => {
  const lines: Record<string, unknown>[] = [];
  const parent = pino({}, { write: (line) => void lines.push(JSON.parse(line)) });
  await failingOnce(parent.child({ service: 'billing' })).get('k');
  expect(lines).toEqual([
    expect.objectContaining({
      level: pino.levels.values.warn,
      service: 'billing',
      msg: MESSAGE,
      attempt: 1,
      delayMs: 0,
      err: expect.objectContaining({
        type: 'StorageError',
        code: 'UNAVAILABLE',
        provider: 'fake',
        operation: 'get',
        key: 'k',
        message: expect.stringContaining('no answer'),
        stack: expect.stringContaining('cut off'),
      }),
    }),
  ]);
});

it('writes to the console', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  await failingOnce(console).get('k');
  const details = expect.objectContaining({ attempt: 1, err: expect.any(StorageError) });
  expect(warn.mock.calls).toEqual([[details, MESSAGE]]);
});

it('calls the methods of a logger as methods, so that its fields are at hand', async () => {
  class Lines {
    readonly #lines: string[] = [];
    debug = () => {};
    info = () => {};
    error = () => {};
    warn(_details: object, message: string): void {
      this.#lines.push(message);
    }
    get lines(): readonly string[] {
      return this.#lines;
    }
  }
  const logger = new Lines();
  await failingOnce(logger).get('k');
  expect(logger.lines).toEqual([MESSAGE]);
});

it('lets a bigint beyond 2^53 reach a line of pino with every digit', () => {
  const lines: string[] = [];
  const logger: Logger = pino({}, { write: (text) => void lines.push(text) });
  logger.info({ total: 2n ** 64n - 1n, usage: { bytes: 2n ** 53n + 1n } }, 'Totals');
  expect(lines).toEqual([expect.stringContaining('"total":18446744073709551615')]);
  expect(lines).toEqual([expect.stringContaining('"bytes":9007199254740993')]);
});
