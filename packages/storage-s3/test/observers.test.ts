import { runObserverCases } from '@metering/testing-servers/cases';
import { createS3Storage } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

describeEachServer('observers', ({ endpoint, secretAccessKey, newBucket }) => {
  runObserverCases({
    endpoint,
    open: async (proxyEndpoint, observers) =>
      createS3Storage({
        ...(await newBucket()),
        ...observers,
        endpoint: proxyEndpoint,
        exclusiveCreate: true,
      }),
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'SlowDown' },
    secrets: [secretAccessKey, 'Signature='],
  });
});
