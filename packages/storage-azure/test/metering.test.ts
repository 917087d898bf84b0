import { runMeteringCases } from '@metering/testing-servers/cases';
import { describe } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer } from './new-container.ts';

describe('metering on Azure', () => {
  runMeteringCases({ open: async () => createAzureStorage(await newContainer()) });
});
