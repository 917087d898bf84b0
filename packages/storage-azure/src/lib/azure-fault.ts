import type { ErrorClass } from '@metering/core';

/** Thrown by the provider itself; carries its class. */
export class AzureFault extends Error {
  readonly errorClass: ErrorClass;

  constructor(errorClass: ErrorClass & { readonly message: string }) {
    super(errorClass.message);
    this.errorClass = { cause: undefined, ...errorClass };
  }
}
