import { assertBytes } from '../assert-bytes.ts';
import { bodyOf, emptyBody } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';

const KEY = 'folder/object';
const FIVE_MEBIBYTES = 5 * 1024 * 1024;

export const putCases: readonly ConformanceCase[] = [
  {
    name: 'put: an empty body is stored as one',
    run: async ({ storage }) => {
      await storage.put(KEY, emptyBody);
      assertBytes(await storage.get(KEY), emptyBody);
    },
  },
  {
    name: 'put: all 256 values of a byte come back',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(256));
      assertBytes(await storage.get(KEY), bodyOf(256));
    },
  },
  {
    name: 'put: 5 MiB come back',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(FIVE_MEBIBYTES));
      assertBytes(await storage.get(KEY), bodyOf(FIVE_MEBIBYTES));
    },
  },
];
