/** The middle of the numbers, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}

/** The number that all but the largest hundredth do not exceed. */
export function percentile99(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => b - a);
  return sorted[Math.floor(sorted.length / 100)] as number;
}
