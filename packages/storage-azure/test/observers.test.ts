import { openStorage } from '@metering/config';
import { runObserverCases } from '@metering/testing-servers/cases';
import { describe, inject } from 'vitest';
import { createAzureDriver } from '../src/index.ts';
import { newContainer, through } from './new-container.ts';

describe('observers', () => {
  const { endpoint, accountKey } = inject('azurite');
  runObserverCases({
    endpoint,
    open: async (proxyEndpoint, observers) => {
      const { container, ...options } = through(proxyEndpoint, await newContainer());
      const driver = createAzureDriver(options);
      return openStorage({ type: 'azure', bucket: container }, [driver], observers);
    },
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'ServerBusy' },
    secrets: [accountKey, 'SharedKey'],
  });
});
