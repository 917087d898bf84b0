import { runFaultCases } from '@metering/testing-servers/cases';
import { afterAll, describe } from 'vitest';
import { createOssStorage } from '../src/index.ts';
import { newBucket, startDouble } from './new-bucket.ts';

const double = await startDouble();
afterAll(() => double.stop());

describe('faults', () => {
  runFaultCases({
    endpoint: double.endpoint,
    open: async (endpoint) =>
      createOssStorage({
        ...newBucket(double),
        endpoint,
        exclusiveCreate: true,
        requestTimeoutMs: 500,
        attempts: 3,
      }),
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'QpsLimitExceeded' },
  });
});
