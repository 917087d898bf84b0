import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Answer } from './answer.ts';
import type { Account } from './verify-signature.ts';

/** A role that may be taken on. */
export interface Role {
  readonly arn: string;
  /** What a caller must know beside its keys. */
  readonly externalId?: string | undefined;
}

export interface StsPeople {
  readonly roles: readonly Role[];
  readonly nowMs: () => number;
  readonly find: (accessKeyId: string) => Account | undefined;
  readonly add: (account: Account) => void;
}

/**
 * `AssumeRole` with the RPC signature, version 1.0: HMAC-SHA1 over all parameters, sorted.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
export function assumeRole(
  method: string,
  parameters: ReadonlyMap<string, string>,
  people: StsPeople,
): Answer {
  const account = people.find(parameters.get('AccessKeyId') ?? '');
  if (account === undefined) return refuse(404, 'InvalidAccessKeyId.NotFound');
  const problem = checkCaller(method, parameters, account, people.nowMs());
  if (problem !== undefined) return problem;
  const role = people.roles.find(({ arn }) => arn === parameters.get('RoleArn'));
  if (role === undefined) return refuse(404, 'EntityNotExist.Role');
  if (role.externalId !== undefined && role.externalId !== parameters.get('ExternalId')) {
    return refuse(403, 'NoPermission');
  }
  const durationSeconds = Number(parameters.get('DurationSeconds') ?? 3600);
  if (!(durationSeconds >= 900 && durationSeconds <= 43_200)) {
    return refuse(400, 'InvalidParameter.DurationSeconds');
  }
  if (!/^[\w.@-]{2,64}$/.test(parameters.get('RoleSessionName') ?? '')) {
    return refuse(400, 'InvalidParameter.RoleSessionName');
  }
  return startSession(people, durationSeconds);
}

function checkCaller(
  method: string,
  parameters: ReadonlyMap<string, string>,
  { accessKeySecret, session }: Account,
  nowMs: number,
): Answer | undefined {
  const age = Math.abs(nowMs - Date.parse(parameters.get('Timestamp') ?? ''));
  if (!(age <= 15 * 60_000)) return refuse(400, 'InvalidTimeStamp.Expired');
  const token = parameters.get('SecurityToken');
  if (token !== session?.token) return refuse(400, 'InvalidSecurityToken.MismatchWithAccessKey');
  if (session !== undefined && nowMs >= session.endsAtMs) {
    return refuse(400, 'InvalidSecurityToken.Expired');
  }
  const expected = signRpc(method, parameters, accessKeySecret);
  return parameters.get('Signature') === expected
    ? undefined
    : refuse(400, 'SignatureDoesNotMatch');
}

function signRpc(method: string, parameters: ReadonlyMap<string, string>, secret: string): string {
  const pairs = [...parameters].filter(([name]) => name !== 'Signature');
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  const query = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const text = `${method}&${encode('/')}&${encode(query)}`;
  return createHmac('sha1', `${secret}&`).update(text).digest('base64');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function startSession({ add, nowMs }: StsPeople, durationSeconds: number): Answer {
  const endsAtMs = nowMs() + durationSeconds * 1000;
  const accessKeyId = `STS.${randomBytes(12).toString('hex')}`;
  const accessKeySecret = randomBytes(20).toString('hex');
  const token = randomBytes(60).toString('base64');
  add({ accessKeyId, accessKeySecret, session: { token, endsAtMs } });
  const Expiration = new Date(endsAtMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return json(200, {
    RequestId: randomUUID(),
    Credentials: {
      AccessKeyId: accessKeyId,
      AccessKeySecret: accessKeySecret,
      SecurityToken: token,
      Expiration,
    },
  });
}

function refuse(status: number, code: string): Answer {
  return json(status, { RequestId: randomUUID(), Code: code, Message: code, HostId: 'sts' });
}

function json(status: number, value: object): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: JSON.stringify(value),
  };
}
