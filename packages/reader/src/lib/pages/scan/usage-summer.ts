import type { JsonValue, MeteringRecord } from '@metering/core';
import { isMetricValue } from '@metering/core/building-blocks';
import { CLUSTER_ID, usageOf } from '../usage-of.ts';
import type { UsageSink } from '../usage-sink.ts';
import { ExactSums, highHalf, joinHalves, lowHalf } from './exact-sums.ts';
import type { PageTexts } from './page-texts.ts';
import type { RecordSink } from './record-sink.ts';
import { SeriesTable } from './series-table.ts';
import { StagedUsage } from './staged-usage.ts';

/**
 * Adds up what the records of a page say that was used, and makes no object of any that is as most are.
 * By cluster, nothing is added up here, since a page seldom says two things of one cluster.
 */
export class UsageSummer implements RecordSink {
  readonly #keys: readonly string[];
  readonly #series: SeriesTable;
  readonly #sums = new ExactSums();
  /** The record that has begun; by cluster, all before it, too. */
  readonly #staged = new StagedUsage();
  readonly #isByCluster: boolean;
  /** By cluster: where the usage of each record ends, and whose it is. */
  readonly #ends: number[] = [];
  readonly #clusterIds: (string | undefined)[] = [];
  #begin = 0;
  #clusterId: string | undefined;
  #othersBefore = 0;
  #others = 0;

  constructor(texts: PageTexts, isByCluster: boolean) {
    this.#keys = texts.keys.texts;
    this.#series = new SeriesTable(texts);
    this.#isByCluster = isByCluster;
  }

  /** How many members of records are in no sum. */
  get others(): number {
    return this.#othersBefore;
  }

  begin(): void {
    this.#staged.count = this.#begin;
    this.#clusterId = undefined;
    this.#others = this.#othersBefore;
  }

  metric(key: number, value: number, unit: number): void {
    this.#staged.add(this.#series.numberOf(key, unit), value, 0);
  }

  largeMetric(key: number, value: bigint, unit: number): void {
    if (!isMetricValue(value)) this.#others += 1;
    else this.#staged.add(this.#series.numberOf(key, unit), lowHalf(value), highHalf(value));
  }

  text(key: number, bytes: Buffer, start: number, end: number): void {
    if (this.#keys[key] !== CLUSTER_ID) this.#others += 1;
    else if (this.#isByCluster) this.#clusterId = bytes.toString('latin1', start, end);
  }

  other(key: number, value: JsonValue): void {
    this.#member(this.#keys[key]!, value);
  }

  record(record: MeteringRecord): void {
    this.begin();
    for (const name of Object.keys(record)) this.#member(name, record[name]!);
    this.end();
  }

  end(): void {
    this.#othersBefore = this.#others;
    if (this.#isByCluster) this.#keepRecord();
    else this.#addRecord();
  }

  /** Gives all sums away. */
  flush(sink: UsageSink): void {
    if (this.#isByCluster) this.#flushRecords(sink);
    else this.#flushSums(sink);
  }

  #member(name: string, value: JsonValue): void {
    if (name === CLUSTER_ID && typeof value === 'string') {
      this.#clusterId = value;
      return;
    }
    const usage = usageOf(value);
    if (usage === undefined) {
      this.#others += 1;
      return;
    }
    const series = this.#series.numberOfNames(name, usage.unit);
    const exact = BigInt(usage.value);
    this.#staged.add(series, lowHalf(exact), highHalf(exact));
  }

  #addRecord(): void {
    const { series, low, high, count } = this.#staged;
    for (let index = 0; index < count; index++) {
      this.#sums.add(series[index]!, low[index]!, high[index]!);
    }
  }

  #keepRecord(): void {
    this.#begin = this.#staged.count;
    this.#ends.push(this.#begin);
    this.#clusterIds.push(this.#clusterId);
  }

  #flushSums(sink: UsageSink): void {
    this.#series.all.forEach(({ metric, unit }, series) => {
      sink.addUsage(metric, unit, this.#sums.get(series), undefined);
    });
  }

  #flushRecords(sink: UsageSink): void {
    const { series, low, high } = this.#staged;
    let index = 0;
    this.#ends.forEach((end, record) => {
      for (; index < end; index++) {
        const { metric, unit } = this.#series.all[series[index]!]!;
        sink.addUsage(
          metric,
          unit,
          joinHalves(low[index]!, high[index]!),
          this.#clusterIds[record],
        );
      }
    });
  }
}
