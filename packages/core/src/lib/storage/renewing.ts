import { abortable } from './abortable.ts';
import { StorageFault } from './storage-fault.ts';

/** Something that is good until a time: credentials, a token. */
export interface Expiring<Value> {
  readonly value: Value;
  /** Unix milliseconds. Undefined: not known to expire. */
  readonly expiresAtMs: number | undefined;
}

/** How a value that expires is renewed. */
export interface RenewingOptions {
  /** The time in Unix milliseconds. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** It is renewed this long before it expires, or after 4/5 of its life if that is later. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** What is not known to expire is asked for again after this time. */
const ASK_AGAIN_MS = 5 * 60_000;
/** After a failed renewal, what is still good is used for this long before the next try. */
const RETRY_AFTER_MS = 10_000;

/**
 * A source that is asked once for many callers: one renewal at a time, before the value expires. A
 * failed renewal keeps the old value while it is good and is tried again; an expired one is never given
 * out.
 */
export function renewing<Value>(
  source: () => Promise<Expiring<Value>>,
  { now = Date.now }: RenewingOptions = {},
): (signal?: AbortSignal) => Promise<Expiring<Value>> {
  let current: Expiring<Value> | undefined;
  let renewAtMs = 0;
  let renewal: Promise<Expiring<Value>> | undefined;

  async function renew(): Promise<Expiring<Value>> {
    const askedAtMs = now();
    try {
      const next = await source();
      if (isExpired(next, now())) throw expired();
      current = next;
      renewAtMs = renewalTime(current, askedAtMs);
      return current;
    } catch (error) {
      if (current === undefined || isExpired(current, now())) throw error;
      renewAtMs = now() + RETRY_AFTER_MS;
      return current;
    }
  }

  return (signal) => {
    if (current !== undefined && now() < renewAtMs && !isExpired(current, now())) {
      return Promise.resolve(current);
    }
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return abortable(renewal, signal);
  };
}

function expired(): StorageFault {
  const message = 'the credentials that were got have expired already';
  return new StorageFault({ code: 'UNAUTHENTICATED', message });
}

function renewalTime({ expiresAtMs }: Expiring<unknown>, askedAtMs: number): number {
  if (expiresAtMs === undefined) return askedAtMs + ASK_AGAIN_MS;
  const lifeMs = expiresAtMs - askedAtMs;
  return Math.max(expiresAtMs - RENEW_BEFORE_MS, askedAtMs + lifeMs * 0.8);
}

function isExpired({ expiresAtMs }: Expiring<unknown>, nowMs: number): boolean {
  return expiresAtMs !== undefined && nowMs >= expiresAtMs;
}
