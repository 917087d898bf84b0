import type { ErrorClass } from './storage-backend.ts';

/**
 * What a backend throws where it knows by itself what is wrong. It is wrapped like any other error, but
 * `classifyError` is not asked. No cause is kept unless one is given.
 */
export class StorageFault extends Error {
  readonly errorClass: ErrorClass;

  constructor(errorClass: ErrorClass & { readonly message: string }) {
    super(errorClass.message);
    this.errorClass = { cause: undefined, ...errorClass };
  }
}
