import type { ErrorClass } from '@metering/core';

/** Thrown by the provider itself; carries its class. */
export class S3Fault extends Error {
  readonly errorClass: ErrorClass;

  constructor(errorClass: ErrorClass & { readonly message: string }) {
    super(errorClass.message);
    this.errorClass = errorClass;
  }
}

/** The function that gives credentials failed, or gave none. */
export function credentialsFault(problem: string): S3Fault {
  const message = `the credentials function ${problem}`;
  return new S3Fault({ code: 'UNAUTHENTICATED', message, cause: undefined });
}

/** The role could not be taken on; `cause` is what STS answered. */
export class RoleError extends Error {
  constructor(arn: string | undefined, cause: unknown) {
    super(`the role ${arn} could not be taken on`, { cause });
  }
}
