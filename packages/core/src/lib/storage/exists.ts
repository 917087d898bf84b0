import type { CallOptions, StorageProvider } from './storage-provider.ts';
import { throwUnlessMissing } from './throw-unless-missing.ts';

/** Whether there is an object under the key. Any failure but NOT_FOUND is thrown, never read as "no". */
export async function exists(
  storage: StorageProvider,
  key: string,
  options?: CallOptions,
): Promise<boolean> {
  try {
    await storage.head(key, options);
    return true;
  } catch (error) {
    throwUnlessMissing(error, options);
    return false;
  }
}
