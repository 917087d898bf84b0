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

/** The fault of an object that a `get` may not read whole. */
export function tooLarge(maxBytes: number): StorageFault {
  const message = `the object is larger than ${maxBytes} bytes`;
  return new StorageFault({ code: 'TOO_LARGE', message });
}
