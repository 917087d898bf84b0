import type { JsonValue, MeteringRecord } from '@metering/core';

/**
 * Is told what a record holds, member by member, in their order. Keys and units are numbers of
 * `PageTexts`. A record that has begun counts only when it has ended: another may begin instead.
 */
export interface RecordSink {
  begin(): void;
  /** `{ value, unit }` and nothing else; the value an integer from 0 to 2^53 - 1. */
  metric(key: number, value: number, unit: number): void;
  /** The same with any integer beyond. */
  largeMetric(key: number, value: bigint, unit: number): void;
  /** A text of ASCII without escapes, between two offsets. */
  text(key: number, bytes: Buffer, start: number, end: number): void;
  /** Any other value. */
  other(key: number, value: JsonValue): void;
  end(): void;
  /** A whole record that is too unusual to be told by its members. */
  record(record: MeteringRecord): void;
}
