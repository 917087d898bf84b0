import { runObserverCases } from '@metering/testing-servers/cases';
import { describe, inject } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer, through } from './new-container.ts';

describe('observers', () => {
  const { endpoint, accountKey } = inject('azurite');
  runObserverCases({
    endpoint,
    open: async (proxyEndpoint, observers) =>
      createAzureStorage({ ...through(proxyEndpoint, await newContainer()), ...observers }),
    errorAnswer: (status, code) => ({
      kind: 'status',
      status,
      body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>m</Message></Error>`,
    }),
    codes: { failure: 'InternalError', slowDown: 'ServerBusy' },
    secrets: [accountKey, 'SharedKey'],
  });
});
