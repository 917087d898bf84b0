import { runObserverCases } from '@metering/testing-servers/cases';
import { afterAll, describe } from 'vitest';
import { createOssDriver } from '../src/index.ts';
import { account, newBucket, startDouble } from './new-bucket.ts';

const double = await startDouble();
afterAll(() => double.stop());

describe('observers', () => {
  runObserverCases({
    endpoint: double.endpoint,
    open: async (endpoint, observers) => {
      const { bucket, ...options } = newBucket(double);
      const driver = createOssDriver({ ...options, endpoint, exclusiveCreate: true });
      return driver.open({ type: 'oss', bucket }, observers);
    },
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'QpsLimitExceeded' },
    secrets: [account.accessKeySecret, 'Signature='],
  });
});
