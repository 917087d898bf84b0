import { Call, type CallDescription } from './call.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Goes through what a call gives, within a span: from the first step until there is no more, a step
 * fails, or the consumer stops, which is no failure. Its time is the consumer's too.
 */
export async function* traceSteps<Item>(
  telemetry: Telemetry,
  description: CallDescription,
  make: () => AsyncIterable<Item>,
  onItem: (item: Item, call: Call) => void = () => {},
): AsyncGenerator<Item> {
  const call = new Call(telemetry, description);
  let items = 0;
  try {
    for await (const item of within(call, make)) {
      items += 1;
      onItem(item, call);
      yield item;
    }
  } catch (error) {
    call.fail(error);
    throw error;
  } finally {
    call.setAttributes({ 'metering.items': items });
    call.end();
  }
}

/** The same items, but every step that gets them is part of the call. */
function within<Item>(call: Call, make: () => AsyncIterable<Item>): AsyncIterable<Item> {
  return {
    [Symbol.asyncIterator]() {
      const items = call.run(() => make()[Symbol.asyncIterator]());
      const stop = async (): Promise<IteratorResult<Item>> => {
        await call.run(() => items.return?.());
        return { done: true, value: undefined };
      };
      return { next: () => call.run(() => items.next()), return: stop };
    },
  };
}
