const CANONICAL = /^(?:0|[1-9][0-9]{0,15})$/;

/** The number that a key's digits say, or undefined where another spelling is the canonical one. */
export function parseDecimal(digits: string): number | undefined {
  if (!CANONICAL.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : undefined;
}
