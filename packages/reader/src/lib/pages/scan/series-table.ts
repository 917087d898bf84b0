import { KEYS, type PageTexts } from './page-texts.ts';
import { UNKNOWN } from './text-table.ts';

/** One unit of one metric. */
export interface Series {
  readonly metric: string;
  readonly unit: string;
}

/** Numbers the series of a page, in the order of their appearance. */
export class SeriesTable {
  readonly all: Series[] = [];
  readonly #texts: PageTexts;
  readonly #numbers = new Map<string, Map<string, number>>();
  /** Made when it is needed: a small page is read in less time. */
  #byKey: LastSeries | undefined;

  constructor(texts: PageTexts) {
    this.#texts = texts;
  }

  /** By the numbers of key and unit. */
  numberOf(key: number, unit: number): number {
    this.#byKey ??= new LastSeries();
    const { units, series } = this.#byKey;
    if (units[key] === unit) return series[key]!;
    const number = this.numberOfNames(this.#texts.keys.texts[key]!, this.#texts.units.texts[unit]!);
    units[key] = unit;
    series[key] = number;
    return number;
  }

  numberOfNames(metric: string, unit: string): number {
    let units = this.#numbers.get(metric);
    if (units === undefined) {
      units = new Map();
      this.#numbers.set(metric, units);
    }
    const known = units.get(unit);
    if (known !== undefined) return known;
    const number = this.all.push({ metric, unit }) - 1;
    units.set(unit, number);
    return number;
  }
}

/** The unit that each key had last, and the series that both are. */
class LastSeries {
  readonly units: Int32Array = new Int32Array(KEYS).fill(UNKNOWN);
  readonly series: Int32Array = new Int32Array(KEYS);
}
