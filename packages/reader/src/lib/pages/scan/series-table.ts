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
  /** The unit that each key had last, and the series that both are. */
  readonly #lastUnit = new Int32Array(KEYS).fill(UNKNOWN);
  readonly #lastSeries = new Int32Array(KEYS);

  constructor(texts: PageTexts) {
    this.#texts = texts;
  }

  /** By the numbers of key and unit. */
  numberOf(key: number, unit: number): number {
    if (this.#lastUnit[key] === unit) return this.#lastSeries[key]!;
    const { keys, units } = this.#texts;
    const series = this.numberOfNames(keys.texts[key]!, units.texts[unit]!);
    this.#lastUnit[key] = unit;
    this.#lastSeries[key] = series;
    return series;
  }

  numberOfNames(metric: string, unit: string): number {
    let units = this.#numbers.get(metric);
    if (units === undefined) {
      units = new Map();
      this.#numbers.set(metric, units);
    }
    const known = units.get(unit);
    if (known !== undefined) return known;
    const series = this.all.push({ metric, unit }) - 1;
    units.set(unit, series);
    return series;
  }
}
