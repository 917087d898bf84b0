import { StorageFault } from '@metering/core';
import type { AzureTokenCredential } from './azure-client.ts';

/** A credential whose failures say so, and are no failures of the store. */
export function tokenCredential(given: AzureTokenCredential | undefined): AzureTokenCredential {
  let found: Promise<AzureTokenCredential> | undefined;
  return {
    getToken: async (scopes, options) => {
      const source = given === undefined ? 'DefaultAzureCredential' : 'the credential';
      try {
        found ??= given === undefined ? loadDefault() : Promise.resolve(given);
        const token = await (await found).getToken(scopes, options);
        if (token === null) throw new Error('it knows none for this scope');
        return token;
      } catch (error) {
        if (error instanceof StorageFault) throw error;
        throw noToken(source, error);
      }
    },
  };
}

async function loadDefault(): Promise<AzureTokenCredential> {
  try {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential();
  } catch (error) {
    if ((error as NodeJS.ErrnoException)?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message =
      'without accountKey, sasToken and credential the package @azure/identity is needed: install it';
    throw new StorageFault({ code: 'UNAUTHENTICATED', message });
  }
}

function noToken(source: string, error: unknown): StorageFault {
  const reason = error instanceof Error ? error.message : 'no reason given';
  return new StorageFault({
    code: 'UNAUTHENTICATED',
    message: `${source} gave no token: ${reason}`,
  });
}
