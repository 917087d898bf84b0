/**
 * The address of a service, with or without `https://`, as Alibaba's own pages spell it.
 *
 * @throws TypeError naming the option.
 */
export function parseEndpoint(name: 'endpoint' | 'stsEndpoint', endpoint: string): URL {
  const text = /^[a-z]+:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new TypeError(`createOssStorage: ${name} must be a host or an http(s) URL`);
}
