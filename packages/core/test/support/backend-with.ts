import type { StorageBackend } from '../../src/index.ts';

const unexpected = (call: string) => (): never => {
  throw new Error(`unexpected ${call}`);
};

/** A backend of the calls given; every other call is a fault of the test. */
export function backendWith(calls: Partial<StorageBackend>): StorageBackend {
  return {
    name: 'fake',
    capabilities: { exclusiveCreate: true, listOrder: 'utf8' },
    put: unexpected('put'),
    get: unexpected('get'),
    head: unexpected('head'),
    delete: unexpected('delete'),
    list: unexpected('list'),
    classifyError: () => undefined,
    ...calls,
  };
}
