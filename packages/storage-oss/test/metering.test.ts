import { runMeteringCases } from '@metering/testing-servers/cases';
import { afterAll, describe } from 'vitest';
import { createOssStorage } from '../src/index.ts';
import { newBucket, startDouble } from './new-bucket.ts';

const double = await startDouble();
afterAll(() => double.stop());

describe('metering on OSS', () => {
  runMeteringCases({ open: async () => createOssStorage(newBucket(double)) });
});
