import { isStorageError, type StorageProvider } from '@metering/core';

/** A condition on a store's capabilities. They are known only of a store that is open. */
export interface Gate {
  /** The condition, as the end of a sentence. */
  readonly condition: string;
  /** Why the store does not meet it, or undefined where it does. */
  readonly unmet: (storage: StorageProvider) => Promise<string | undefined>;
}

/** Of a store that does not know yet, the first `create` tells. */
export const CREATE_IS_EXCLUSIVE: Gate = {
  condition: 'create is exclusive',
  unmet: async (storage) => {
    const { exclusiveCreate } = storage.capabilities;
    if (exclusiveCreate === false) return 'exclusiveCreate is false';
    if (exclusiveCreate === true || (await supportsCreate(storage))) return undefined;
    return 'exclusiveCreate was unknown, and create turned out to be UNSUPPORTED';
  },
};

export const CREATE_IS_UNSUPPORTED: Gate = gateOf('exclusiveCreate', false);
export const CREATE_IS_UNKNOWN: Gate = gateOf('exclusiveCreate', 'unknown');
export const LISTS_BY_UTF8: Gate = gateOf('listOrder', 'utf8');
export const LISTS_BY_UTF16: Gate = gateOf('listOrder', 'utf16');

function gateOf(capability: 'exclusiveCreate' | 'listOrder', expected: string | boolean): Gate {
  return {
    condition: `${capability} is ${expected}`,
    unmet: async ({ capabilities }) => {
      const actual = capabilities[capability];
      return actual === expected ? undefined : `${capability} is ${actual}`;
    },
  };
}

async function supportsCreate(storage: StorageProvider): Promise<boolean> {
  const key = 'first-create';
  try {
    await storage.put(key, new Uint8Array(1), { mode: 'create' });
    await storage.delete(key);
    return true;
  } catch (error) {
    if (isStorageError(error, 'UNSUPPORTED')) return false;
    throw error;
  }
}
