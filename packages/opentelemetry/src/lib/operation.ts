import { SpanKind } from '@opentelemetry/api';
import { attributesOf } from './attributes.ts';
import type { CallDescription } from './call.ts';

/** Describes a call of a writer or a reader of `target`, about what its argument names. */
export function operation(
  name: string,
  target: 'metering' | 'metadata',
  subject: unknown,
): CallDescription {
  return {
    name: `${name} ${target}`,
    kind: SpanKind.INTERNAL,
    duration: 'operationDuration',
    dimensions: { 'metering.operation': name, 'metering.target': target },
    attributes: attributesOf(subject),
  };
}
