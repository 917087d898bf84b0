import { probeStorage } from '@metering/core';
import { type Fault, FaultProxy } from '@metering/testing-servers';
import { expectOneWinner } from '@metering/testing-servers/cases';
import { expect, inject, it } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer, through } from './new-container.ts';

const mine = new TextEncoder().encode('mine');

it('lets exactly one of 50 racers win, whatever their bytes', async () => {
  const options = await newContainer();
  await expectOneWinner(Array.from({ length: 50 }, () => createAzureStorage(options)));
});

it('is found to hold by the probe of any provider', async () => {
  await using storage = createAzureStorage(await newContainer());
  expect(await probeStorage(storage)).toMatchObject({ ok: true, exclusiveCreate: true });
});

it('of what a lost answer had stored is ALREADY_EXISTS: nothing is compared or replaced', async () => {
  const proxy = await FaultProxy.start(inject('azurite').endpoint);
  await using storage = createAzureStorage(through(proxy.endpoint, await newContainer()));
  proxy.inject({ kind: 'lose-answer' });
  const put = storage.put('k', mine, { mode: 'create' });
  await expect(put).rejects.toMatchObject({ code: 'ALREADY_EXISTS', key: 'k' });
  expect(proxy.requests).toHaveLength(2);
  expect(await storage.get('k')).toEqual(mine);
  await proxy.stop();
});

const refused = (status: number, code: string): Fault => ({
  kind: 'status',
  status,
  body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>m</Message></Error>`,
});

it.each<[string, number, 'create' | 'overwrite', string]>([
  ['BlobAlreadyExists', 409, 'create', 'ALREADY_EXISTS'],
  ['ConditionNotMet', 412, 'create', 'ALREADY_EXISTS'],
  ['UnauthorizedBlobOverwrite', 403, 'create', 'ALREADY_EXISTS'],
  ['UnauthorizedBlobOverwrite', 403, 'overwrite', 'PERMISSION_DENIED'],
  ['LeaseIdMissing', 412, 'create', 'ALREADY_EXISTS'],
  ['LeaseIdMissing', 412, 'overwrite', 'PERMISSION_DENIED'],
  ['ContainerBeingDeleted', 409, 'create', 'CONTAINER_NOT_FOUND'],
  ['BlobImmutableDueToPolicy', 409, 'overwrite', 'PERMISSION_DENIED'],
  ['AccountBeingCreated', 409, 'create', 'UNKNOWN'],
])('%s (HTTP %i) in a put with %s is %s', async (name, status, mode, code) => {
  const proxy = await FaultProxy.start(inject('azurite').endpoint);
  await using storage = createAzureStorage(through(proxy.endpoint, await newContainer()));
  proxy.inject(refused(status, name));
  await expect(storage.put('k', mine, { mode })).rejects.toMatchObject({ code, operation: 'put' });
  expect(proxy.requests).toHaveLength(1);
  await proxy.stop();
});
