import type { StorageProvider } from '@metering/core';
import { expect, it, vi } from 'vitest';
import { FaultProxy } from './fault-proxy.ts';

/** What the cases need of a store. */
export interface ClientCaseOptions {
  /** Where the server is. */
  readonly endpoint: string;
  /** Opens an empty store through the proxy. */
  open(proxyEndpoint: string, settings: ClientSettings): Promise<StorageProvider>;
}

export interface ClientSettings {
  /** How many requests may be under way at once. */
  readonly concurrency: number;
}

const body = new Uint8Array([1]);
const large = new Uint8Array(4_000_000);

/**
 * Shows what a store's client does with its sockets, and with the signals of its callers. To be called in
 * a `describe`.
 */
export function runClientCases({ endpoint, open }: ClientCaseOptions): void {
  it('closes the socket of a call that is aborted, and rejects with the reason at once', async () => {
    const proxy = await FaultProxy.start(endpoint);
    await using storage = await open(proxy.endpoint, { concurrency: 16 });
    await storage.put('a', large);
    for (const fault of [
      { kind: 'stall-body' },
      { kind: 'slow-headers', delayMs: 60_000 },
    ] as const) {
      proxy.reset();
      proxy.inject(fault);
      const controller = new AbortController();
      const call = storage.get('a', { signal: controller.signal });
      await vi.waitFor(() => expect(proxy.requests).toHaveLength(1));
      controller.abort('enough');
      await expect(call).rejects.toBe('enough');
      await vi.waitFor(() => expect(proxy.requests[0]?.closedByClient).toBe(true));
    }
    await proxy.stop();
  });

  it('reads no further than maxBytes, and frees the socket', async () => {
    const proxy = await FaultProxy.start(endpoint);
    await using storage = await open(proxy.endpoint, { concurrency: 1 });
    await storage.put('a', large);
    for (let i = 0; i < 5; i++) {
      await expect(storage.get('a', { maxBytes: 10 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    }
    expect((await storage.get('a')).byteLength).toBe(large.byteLength);
    await proxy.stop();
  });

  it('has no more requests under way than it may', async () => {
    const proxy = await FaultProxy.start(endpoint);
    await using storage = await open(proxy.endpoint, { concurrency: 3 });
    await Promise.all(Array.from({ length: 30 }, (_, i) => storage.put(`k${i}`, body)));
    expect(proxy.requests).toHaveLength(30);
    expect(proxy.mostAtOnce).toBeLessThanOrEqual(3);
    await proxy.stop();
  });

  it('may have many calls behind one signal, without a warning', async () => {
    const proxy = await FaultProxy.start(endpoint);
    await using storage = await open(proxy.endpoint, { concurrency: 40 });
    const warn = vi.fn();
    process.on('warning', warn);
    const { signal } = new AbortController();
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`);
    await Promise.all(keys.map((key) => storage.put(key, body, { signal })));
    await Promise.all(keys.map((key) => storage.get(key, { signal })));
    await new Promise(setImmediate);
    process.off('warning', warn);
    expect(warn).not.toHaveBeenCalled();
    await proxy.stop();
  });
}
