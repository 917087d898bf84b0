import { runObserverCases } from '@metering/testing-servers/cases';
import { afterAll, describe } from 'vitest';
import { createOssStorage } from '../src/index.ts';
import { account, newBucket, startDouble } from './new-bucket.ts';

const double = await startDouble();
afterAll(() => double.stop());

describe('observers', () => {
  runObserverCases({
    endpoint: double.endpoint,
    open: async (endpoint, observers) =>
      createOssStorage({ ...newBucket(double), ...observers, endpoint, exclusiveCreate: true }),
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'QpsLimitExceeded' },
    secrets: [account.accessKeySecret, 'Signature='],
  });
});
