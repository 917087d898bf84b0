import { describe, expect, it, vi } from 'vitest';
import {
  ConfigError,
  FormatError,
  isMeteringError,
  isStorageError,
  MeteringError,
  PartialWriteError,
  StorageError,
  ValidationError,
} from '../src/index.ts';

const cause = new Error('the socket died');

const errors: readonly (readonly [string, string, MeteringError])[] = [
  [
    'MeteringError',
    'CUSTOM',
    new MeteringError({ code: 'CUSTOM', message: 'it failed', retryable: true, cause }),
  ],
  [
    'StorageError',
    'NOT_FOUND',
    new StorageError({
      code: 'NOT_FOUND',
      message: 'it failed',
      provider: 's3',
      operation: 'get',
      key: 'a/b',
      cause,
    }),
  ],
  [
    'ValidationError',
    'INVALID_INPUT',
    new ValidationError({
      message: 'it failed',
      issues: [{ path: 'selfId', code: 'REQUIRED', message: 'is required' }],
    }),
  ],
  [
    'FormatError',
    'INVALID_JSON',
    new FormatError({ code: 'INVALID_JSON', message: 'it failed', key: 'k', line: 2, column: 3 }),
  ],
  [
    'ConfigError',
    'INVALID_CONFIG',
    new ConfigError({
      code: 'INVALID_CONFIG',
      message: 'it failed',
      source: 'metering.yaml',
      path: 'aws.access-key',
      line: 4,
      column: 5,
    }),
  ],
  [
    'PartialWriteError',
    'PARTIAL_WRITE',
    new PartialWriteError({ message: 'it failed', pages: [], failedKey: 'k', retryable: true }),
  ],
];

describe.each(errors)('%s', (name, code, error) => {
  it('carries its name, code and message', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(MeteringError);
    expect(error.name).toBe(name);
    expect(error.code).toBe(code);
    expect(String(error)).toBe(`${name}: it failed`);
  });

  it('has a stack that begins with its name and leads to where it was made', () => {
    expect(error.stack).toMatch(new RegExp(`^${name}: it failed\n`));
    expect(error.stack).toContain('errors.test.ts');
  });

  it('is recognised', () => {
    expect(isMeteringError(error)).toBe(true);
    expect(isStorageError(error)).toBe(name === 'StorageError');
  });

  it('shows its fields as JSON, and never its cause', () => {
    const shown = JSON.parse(JSON.stringify(error)) as Record<string, unknown>;
    expect(shown).toMatchObject({ code, retryable: error.retryable });
    for (const hidden of ['message', 'stack', 'cause']) expect(shown).not.toHaveProperty(hidden);
    expect(JSON.stringify(error)).not.toContain('socket');
  });
});

describe('the fields of errors', () => {
  it('keep the cause where there is one', () => {
    const init = { code: 'X', message: 'm' };
    expect(new MeteringError({ ...init, cause }).cause).toBe(cause);
    expect(Object.hasOwn(new MeteringError(init), 'cause')).toBe(false);
  });

  it.each([
    ['RATE_LIMITED', true],
    ['UNAVAILABLE', true],
    ['NOT_FOUND', false],
    ['ALREADY_EXISTS', false],
    ['PERMISSION_DENIED', false],
    ['UNAUTHENTICATED', false],
    ['UNSUPPORTED', false],
    ['INVALID_KEY', false],
    ['NO_SPACE', false],
    ['CONTAINER_NOT_FOUND', false],
    ['TOO_LARGE', false],
    ['CLOCK_SKEW', false],
    ['UNKNOWN', false],
  ] as const)('a StorageError %s is retryable: %s', (code, retryable) => {
    const init = { code, message: 'm', provider: 'p', operation: 'put' } as const;
    expect(new StorageError(init).retryable).toBe(retryable);
    expect(new StorageError({ ...init, retryable: !retryable }).retryable).toBe(!retryable);
  });

  it('are not retryable where nothing says so', () => {
    const issues = [{ path: 'a', code: 'REQUIRED', message: 'is required' }] as const;
    expect(new ValidationError({ message: 'm', issues }).retryable).toBe(false);
    expect(new ValidationError({ message: 'm', issues }).issueCount).toBe(1);
    expect(new PartialWriteError({ message: 'm', pages: [], failedKey: 'k' }).retryable).toBe(
      false,
    );
  });

  it('are not retryable where another try cannot help, whatever they were made of', () => {
    const init = { message: 'm', retryable: true, issues: [] } as const;
    expect(new ValidationError(init).retryable).toBe(false);
    expect(new FormatError({ ...init, code: 'CORRUPT_GZIP' }).retryable).toBe(false);
    expect(new ConfigError({ ...init, code: 'INVALID_URI' }).retryable).toBe(false);
  });

  it('tell where a StorageError happened', () => {
    const [, , error] = errors[1]!;
    expect(error).toMatchObject({ provider: 's3', operation: 'get', key: 'a/b', cause });
  });

  it('tell the place in a text', () => {
    expect(errors[3]![2]).toMatchObject({ key: 'k', line: 2, column: 3 });
    expect(errors[4]![2]).toMatchObject({ source: 'metering.yaml', path: 'aws.access-key' });
  });
});

describe('isMeteringError', () => {
  it('is false for everything else', () => {
    for (const other of [
      undefined,
      null,
      'x',
      1,
      {},
      new Error('x'),
      { code: 'NOT_FOUND' },
      () => 1,
    ]) {
      expect(isMeteringError(other)).toBe(false);
      expect(isStorageError(other)).toBe(false);
    }
  });

  it('tells a StorageError by its code', () => {
    const error = errors[1]![2];
    expect(isStorageError(error, 'NOT_FOUND')).toBe(true);
    expect(isStorageError(error, 'ALREADY_EXISTS')).toBe(false);
  });

  it('recognises the errors of a second installed copy, where instanceof fails', async () => {
    vi.resetModules();
    const other = await import('../src/index.ts');
    expect(other.StorageError).not.toBe(StorageError);
    const error = new other.StorageError({
      code: 'NOT_FOUND',
      message: 'm',
      provider: 'p',
      operation: 'get',
    });
    expect(error).not.toBeInstanceOf(MeteringError);
    expect(isMeteringError(error)).toBe(true);
    expect(isStorageError(error, 'NOT_FOUND')).toBe(true);
    expect(other.isMeteringError(errors[1]![2])).toBe(true);
  });
});
