import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { abortable, delay } from '../src/building-blocks.ts';
import { caught } from './support/caught.ts';
import { noUnhandledRejections } from './support/no-unhandled-rejections.ts';

const never = () => new Promise<never>(() => undefined);
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

afterEach(() => {
  vi.useRealTimers();
});

describe('abortable', () => {
  it('settles with the promise', async () => {
    const { signal } = new AbortController();
    const error = new Error('x');
    expect(await abortable(Promise.resolve(7), signal)).toBe(7);
    expect(await abortable(Promise.resolve(7), undefined)).toBe(7);
    expect(await caught(() => abortable(Promise.reject(error), signal))).toBe(error);
  });

  it.each([
    ['the default', undefined],
    ['an error', new Error('stop')],
    ['text', 'stop'],
    ['null', null],
    ['0', 0],
  ])('rejects with the reason of the abort: %s', async (_, reason) => {
    const controller = new AbortController();
    const waiting = caught(() => abortable(never(), controller.signal));
    controller.abort(reason);
    expect(await waiting).toBe(controller.signal.reason);
    expect(await caught(() => abortable(never(), controller.signal))).toBe(
      controller.signal.reason,
    );
  });

  it('rejects although the promise is settled, where the signal was aborted before', async () => {
    const signal = AbortSignal.abort('gone');
    expect(await caught(() => abortable(Promise.resolve(7), signal))).toBe('gone');
  });

  it('leaves no rejection unhandled, whichever comes first', async () => {
    const settled = noUnhandledRejections();
    const controller = new AbortController();
    let fail: (reason: Error) => void = () => undefined;
    const failing = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const waiting = caught(() => abortable(failing, controller.signal));
    controller.abort('gone');
    fail(new Error('too late'));
    expect(await waiting).toBe('gone');
    expect(await caught(() => abortable(Promise.reject(new Error('x')), controller.signal))).toBe(
      'gone',
    );
    await settled();
  });

  it('keeps one listener a signal while anything waits, and none after: Node warned of a leak at the eleventh', async () => {
    const { signal } = new AbortController();
    const warnings: unknown[] = [];
    const note = (warning: unknown) => warnings.push(warning);
    process.on('warning', note);
    const ends: (() => void)[] = [];
    const waits = Array.from({ length: 50 }, () =>
      abortable(new Promise<void>((resolve) => ends.push(resolve)), signal),
    );
    expect(listeners(signal)).toBe(1);
    for (const end of ends.slice(1)) end();
    await Promise.all(waits.slice(1));
    expect(listeners(signal)).toBe(1);
    ends[0]?.();
    await Promise.all(waits);
    await Promise.resolve();
    expect(listeners(signal)).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('keeps no listener on an aborted signal, however long a promise goes on', async () => {
    const controller = new AbortController();
    const waiting = caught(() => abortable(never(), controller.signal));
    controller.abort('gone');
    await waiting;
    expect(listeners(controller.signal)).toBe(0);
  });

  it('rejects all that wait on one signal', async () => {
    const controller = new AbortController();
    const waits = Array.from({ length: 20 }, () => abortable(never(), controller.signal));
    controller.abort('gone');
    const outcomes = await Promise.allSettled(waits);
    expect(new Set(outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason))).toEqual(
      new Set(['gone']),
    );
  });
});

describe('delay', () => {
  it('waits as long as it is told', async () => {
    vi.useFakeTimers();
    const done = vi.fn();
    const waiting = delay(1000, undefined).then(done);
    await vi.advanceTimersByTimeAsync(999);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(done).toHaveBeenCalledOnce();
  });

  it('rejects as soon as the signal is aborted, and leaves no timer', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const waiting = caught(() => delay(1000, controller.signal));
    controller.abort('gone');
    expect(await waiting).toBe('gone');
    expect(await caught(() => delay(1000, controller.signal))).toBe('gone');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not end at once where it is longer than a timer can be', async () => {
    vi.useFakeTimers();
    const done = vi.fn();
    const controller = new AbortController();
    const waiting = delay(Number.POSITIVE_INFINITY, controller.signal).then(done, () => undefined);
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(done).not.toHaveBeenCalled();
    controller.abort();
    await waiting;
  });
});
