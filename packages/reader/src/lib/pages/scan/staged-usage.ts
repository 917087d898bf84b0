/** What records say that was used, in their order: which series, and how much in two halves. */
export class StagedUsage {
  readonly series: number[] = [];
  readonly low: number[] = [];
  readonly high: number[] = [];
  /** How many there are. What stands behind them is old. */
  count = 0;

  add(series: number, low: number, high: number): void {
    const index = this.count;
    this.series[index] = series;
    this.low[index] = low;
    this.high[index] = high;
    this.count = index + 1;
  }
}
