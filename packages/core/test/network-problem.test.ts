import { expect, it } from 'vitest';
import { isBrokenTls, networkProblem } from '../src/building-blocks.ts';

it.each([
  [{ code: 'ENOTFOUND', hostname: 'nowhere.invalid' }, 'the store at nowhere.invalid cannot be'],
  [{ code: 'ECONNREFUSED', address: '::1', port: 9000 }, 'the store at ::1:9000 cannot be reached'],
  [{ code: 'ECONNREFUSED' }, 'the store cannot be reached; check the endpoint'],
  [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'the certificate of the store is not trusted'],
  [{ code: 'EPROTO' }, 'the store speaks no TLS'],
  [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'the store speaks no TLS'],
])('%o says what to look at', (error, expected) => {
  expect(networkProblem(error)).toContain(expected);
});

it('names the host that the caller knows, where the error knows none', () => {
  expect(networkProblem({ code: 'ENETUNREACH' }, 'acct.example')).toContain('acct.example');
});

it.each([undefined, null, 'text', new Error('other'), { code: 'ECONNRESET' }, { code: 404 }])(
  'has nothing to say of %o',
  (error) => {
    expect(networkProblem(error, 'host')).toBeUndefined();
  },
);

it.each([
  ['CERT_HAS_EXPIRED', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['ERR_SSL_WRONG_VERSION_NUMBER', true],
  ['EPROTO', false],
  ['ECONNRESET', false],
  [undefined, false],
])('after %s there is no use in asking again: %s', (code, expected) => {
  expect(isBrokenTls({ code })).toBe(expected);
  expect(isBrokenTls(undefined)).toBe(false);
});
