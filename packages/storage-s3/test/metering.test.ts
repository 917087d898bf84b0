import { runMeteringCases } from '@metering/testing-servers/cases';
import { createS3Storage } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

describeEachServer('metering', ({ newBucket }) => {
  runMeteringCases({ open: async () => createS3Storage(await newBucket()) });
});
