import { describe, it } from 'node:test';
import { createMemoryStorage } from '@metering/core';
import { runStorageConformance } from '../../src/index.ts';
import { harnessOf } from '../support/harness-of.ts';

runStorageConformance({ describe, it, createHarness: harnessOf(createMemoryStorage) });
