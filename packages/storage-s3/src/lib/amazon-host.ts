/** True for a host of Amazon's own service. */
export function isAmazonHost(host: string): boolean {
  return /(^|\.)amazonaws\.com(\.cn)?$/.test(host);
}
