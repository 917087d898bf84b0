const format = new Intl.NumberFormat('en-US');

/** Every digit, in groups of three. */
export function exact(amount: number | bigint): string {
  return format.format(amount);
}
