import { gzipSync } from 'node:zlib';
import { createMemoryStorage, type FormatError } from '@metering/core';
import { createMeteringReader } from '@metering/reader';

const [, , key = '', lines] = process.argv;
const storage = createMemoryStorage();
await storage.put(key, gzipSync(Buffer.alloc(Number(lines), '\n')));
await createMeteringReader({ storage })
  .read(key)
  .catch(({ message }: FormatError) => console.log(message));
