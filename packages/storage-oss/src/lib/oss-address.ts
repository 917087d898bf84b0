import { isIP } from 'node:net';
import type { OssStorageOptions } from './oss-options.ts';
import { parseEndpoint } from './parse-endpoint.ts';

/** Where requests go and what they are signed for. */
export interface OssAddress {
  /** `https://oss-cn-hangzhou.aliyuncs.com` */
  readonly endpoint: string;
  /** `cn-hangzhou` */
  readonly region: string;
  /** The bucket stands in the path, as a host name cannot hold it. */
  readonly pathStyle: boolean;
  readonly cname: boolean;
}

const REGION = /^(?:oss-)?([a-z0-9-]+?)(-internal)?$/;
const ENDPOINT_REGION = /^(oss-[a-z0-9-]+)\.aliyuncs\.com$/;

/**
 * Makes one address of the spellings that users have: a region with or without `oss-` and `-internal`,
 * an endpoint with or without `https://`.
 *
 * @throws TypeError when there is no region to sign for, or the endpoint is no address.
 */
export function readAddress(options: OssStorageOptions): OssAddress {
  const url =
    options.endpoint === undefined ? undefined : parseEndpoint('endpoint', options.endpoint);
  const named = options.region ?? ENDPOINT_REGION.exec(url?.hostname ?? '')?.[1];
  const match = REGION.exec(named ?? '');
  if (match?.[1] === undefined) {
    throw new TypeError('createOssStorage: region is required, such as "cn-hangzhou"');
  }
  const region = match[1];
  const internal = options.internal ?? match[2] !== undefined;
  const endpoint =
    url?.origin ?? `https://oss-${region}${internal ? '-internal' : ''}.aliyuncs.com`;
  const pathStyle = url !== undefined && !options.cname && isHostWithoutNames(url.hostname);
  return { endpoint, region, pathStyle, cname: options.cname ?? false };
}

function isHostWithoutNames(host: string): boolean {
  return host === 'localhost' || isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}
