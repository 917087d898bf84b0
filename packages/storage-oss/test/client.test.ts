import { runClientCases } from '@metering/testing-servers/cases';
import { afterAll, describe } from 'vitest';
import { createOssStorage } from '../src/index.ts';
import { newBucket, startDouble } from './new-bucket.ts';

const double = await startDouble();
afterAll(() => double.stop());

describe('the client', () => {
  runClientCases({
    endpoint: double.endpoint,
    open: async (endpoint, settings) =>
      createOssStorage({ ...newBucket(double), endpoint, ...settings }),
  });
});
