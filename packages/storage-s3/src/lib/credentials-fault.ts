import { StorageFault } from '@metering/core';

/** The function that gives credentials failed, or gave none. */
export function credentialsFault(problem: string): StorageFault {
  const message = `the credentials function ${problem}`;
  return new StorageFault({ code: 'UNAUTHENTICATED', message });
}

/** The role could not be taken on; `cause` is what STS answered. */
export class RoleError extends Error {
  constructor(arn: string | undefined, cause: unknown) {
    super(`the role ${arn} could not be taken on`, { cause });
  }
}
