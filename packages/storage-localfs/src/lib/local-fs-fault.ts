import type { StorageErrorCode } from '@metering/core';

/** Something that this package found out itself, with the code that it stands for. */
export class LocalFsFault extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
