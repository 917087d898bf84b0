import type { JsonValue, MeteringRecord } from '@metering/core';
import type { PageTexts } from './page-texts.ts';
import type { RecordSink } from './record-sink.ts';

/** Makes the records that a page holds. */
export class RecordBuilder implements RecordSink {
  readonly #keys: readonly string[];
  readonly #units: readonly string[];
  #records: MeteringRecord[] = [];
  #record: Record<string, JsonValue> = {};

  constructor(texts: PageTexts) {
    this.#keys = texts.keys.texts;
    this.#units = texts.units.texts;
  }

  /** How many records there are to take. */
  get count(): number {
    return this.#records.length;
  }

  take(): MeteringRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  begin(): void {
    this.#record = {};
  }

  metric(key: number, value: number, unit: number): void {
    this.#record[this.#keys[key]!] = { value, unit: this.#units[unit]! };
  }

  largeMetric(key: number, value: bigint, unit: number): void {
    this.#record[this.#keys[key]!] = { value, unit: this.#units[unit]! };
  }

  text(key: number, bytes: Buffer, start: number, end: number): void {
    this.#record[this.#keys[key]!] = bytes.toString('latin1', start, end);
  }

  other(key: number, value: JsonValue): void {
    this.#record[this.#keys[key]!] = value;
  }

  end(): void {
    this.#records.push(this.#record);
  }

  record(record: MeteringRecord): void {
    this.#records.push(record);
  }
}
