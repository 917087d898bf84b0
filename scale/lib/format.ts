const GB = 2 ** 30;

/** `129.6 M`: three digits that count, or all of a small number. */
export function count(value: number): string {
  const [divisor, unit] = value >= 1e9 ? [1e9, ' G'] : value >= 1e6 ? [1e6, ' M'] : [1, ''];
  const digits = unit === '' ? Math.round(value) : Number((value / divisor).toPrecision(3));
  return `${digits.toLocaleString('en-US')}${unit}`;
}

export function fileSize(bytes: number): string {
  return `${Number((bytes / 1024).toPrecision(2)).toLocaleString('en-US')} KB`;
}

export function gigabytes(bytes: number): string {
  return `${Number((bytes / GB).toPrecision(2)).toLocaleString('en-US')} GB`;
}

/** With two digits that count; a smaller one than a cent is `0.00`. */
export function money(amount: number): string {
  if (amount < 10) return amount.toFixed(2);
  return Math.round(amount).toLocaleString('en-US');
}

export function duration(seconds: number): string {
  const [divisor, unit] = seconds < 90 ? [1, 's'] : seconds < 5400 ? [60, 'min'] : [3600, 'h'];
  return `${Number((seconds / divisor).toPrecision(2))} ${unit}`;
}
