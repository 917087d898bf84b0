import { openStorage } from '@metering/config';
import { runObserverCases } from '@metering/testing-servers/cases';
import { createS3Driver } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

describeEachServer('observers', ({ endpoint, secretAccessKey, newBucket }) => {
  runObserverCases({
    endpoint,
    open: async (proxyEndpoint, observers) => {
      const { bucket, ...options } = await newBucket();
      const driver = createS3Driver({ ...options, endpoint: proxyEndpoint, exclusiveCreate: true });
      return openStorage({ type: 's3', bucket }, [driver], observers);
    },
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'SlowDown' },
    secrets: [secretAccessKey, 'Signature='],
  });
});
