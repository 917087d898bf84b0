import { createMemoryStorage } from '@metering/core';
import { createMeteringWriter } from '../../src/index.ts';
import { dataOf, records } from '../support/data.ts';

/** Writes a page that is compressed on libuv's pool, and tells its outcome. */
const writer = createMeteringWriter({ storage: createMemoryStorage(), compression: 'zlib' });
const { pages } = await writer.write(dataOf(records(5_000)));
console.log(pages.map(({ outcome }) => outcome).join());
