import { MeteringError } from './metering-error.ts';

/**
 * What is wrong with a configuration:
 * - `INVALID_URI`: a URI that cannot be understood, or a configuration that no URI expresses
 * - `UNKNOWN_TYPE`: no such backend, or its driver was not given
 * - `INVALID_CONFIG`: anything else
 */
export type ConfigErrorCode = 'INVALID_URI' | 'UNKNOWN_TYPE' | 'INVALID_CONFIG';

/** What a `ConfigError` is made of. */
export interface ConfigErrorInit {
  readonly code: ConfigErrorCode;
  readonly message: string;
  /** Where the configuration came from: a file's path, `METERING_STORAGE_URI`, … */
  readonly source?: string | undefined;
  /** The option: `aws.assume-role-arn`, a URI's parameter name, … */
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly cause?: unknown;
}

/** A configuration cannot be used as it is. Neither message nor `cause` holds a secret. */
export class ConfigError extends MeteringError {
  declare readonly code: ConfigErrorCode;
  declare readonly source: string | undefined;
  declare readonly path: string | undefined;
  declare readonly line: number | undefined;
  declare readonly column: number | undefined;

  constructor(init: ConfigErrorInit) {
    super({ ...init, name: 'ConfigError', retryable: false });
  }
}
