import { runFaultCases } from '@metering/testing-servers/cases';
import { createS3Storage } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

describeEachServer('faults', ({ endpoint, newBucket }) => {
  runFaultCases({
    endpoint,
    open: async (proxyEndpoint) =>
      createS3Storage({
        ...(await newBucket()),
        endpoint: proxyEndpoint,
        exclusiveCreate: true,
        requestTimeoutMs: 500,
      }),
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'SlowDown' },
  });
});
