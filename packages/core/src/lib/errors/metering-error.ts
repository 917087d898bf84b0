/** Present on every error of ours, and found across two installed copies of this package. */
const MARKER: unique symbol = Symbol.for('@metering/error') as never;

/** The classes of errors, by `error.name`. */
export type MeteringErrorName =
  | 'MeteringError'
  | 'StorageError'
  | 'ValidationError'
  | 'FormatError'
  | 'ConfigError'
  | 'PartialWriteError';

/** What every error of these packages is made of. */
export interface MeteringErrorInit {
  readonly name?: MeteringErrorName | undefined;
  readonly code: string;
  readonly message: string;
  /** True when the same call may succeed later, unchanged. Default false. */
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * The base of every error that a caller may want to handle. Act on `code`, which is frozen within a
 * major version, never on `message`, which is free. Misuse by the programmer is a `TypeError` instead.
 */
export class MeteringError extends Error {
  declare readonly code: string;
  /** True when the same call may succeed later, unchanged. */
  declare readonly retryable: boolean;

  /** Keeps whatever `init` holds as its own: a subclass says what that may be. */
  constructor(init: MeteringErrorInit) {
    const { name = 'MeteringError', message, cause, ...details } = init;
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, details, { retryable: details.retryable ?? false });
    Object.defineProperties(this, {
      name: { value: name, configurable: true, writable: true },
      [MARKER]: { value: name },
    });
  }
}

/**
 * True for an error of ours, also one that another installed copy of this package threw (where
 * `instanceof` is false).
 */
export function isMeteringError(error: unknown): error is MeteringError {
  return errorName(error) !== undefined;
}

/** The class that an error of ours was made as, whichever copy of this package made it. */
export function errorName(error: unknown): MeteringErrorName | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  return (error as { [MARKER]?: MeteringErrorName })[MARKER];
}
