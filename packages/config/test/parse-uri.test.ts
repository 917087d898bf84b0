import { parseUri } from '@metering/config';
import { describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';
import { revealed } from './revealed.ts';

describe('parseUri', () => {
  it('takes an empty value as if it was not given, and of two names the first that has one', () => {
    expect(parseUri('s3://b?region-id=&region=eu-west-1&prefix=&endpoint=')).toEqual({
      type: 's3',
      bucket: 'b',
      region: 'eu-west-1',
    });
    expect(parseUri('s3://b/p?prefix=')).toMatchObject({ prefix: 'p' });
  });

  it('knows a parameter whose name is escaped, as the reference does', () => {
    const config = parseUri('s3://b?region%2Did=x&%70refix=p');
    expect(config).toEqual({ type: 's3', bucket: 'b', region: 'x', prefix: 'p' });
  });

  it('keeps every character of a secret: the reference reads "+" as a space', () => {
    const config = parseUri('s3://b?access-key=a&secret-access-key=a+b/c=%2B%20%26?&');
    expect(revealed(config)).toMatchObject({ aws: { secretAccessKey: 'a+b/c=+ &?' } });
  });

  it('takes a host of a local path as its first folder', () => {
    expect(parseUri('file://data/a%2520b/%E4%B8%AD/')).toMatchObject({
      localfs: { basePath: '/data/a%20b/中/' },
    });
  });

  it('has no relative folder', async () => {
    for (const uri of ['localfs://./data', 'localfs://../data', 'file://']) {
      expect(await configError(() => parseUri(uri))).toMatchObject({ path: 'path' });
    }
  });

  it.each([
    ['s3://b?regoin-id=x', 'regoin-id', /did you mean region-id\?/],
    ['s3://b?Region=x', 'Region', /did you mean region\?/],
    ['s3://b?account-name=x', 'account-name', /no parameter of s3, but of azure/],
    ['file:///x?region-id=x', 'region-id', /no parameter of localfs, but of s3/],
    ['azure://c?s3-force-path-style=true', 's3-force-path-style', /but of s3/],
    ['s3://b?external-id=x', 'external-id', /use a file or an object/],
    ['s3://b?region=a&region=', 'region', /twice/],
    ['s3://b?region=a&re%67ion=b', 'region', /twice/],
    ['s3://b?regi%on=a', 'regi…', /is unknown/],
    ['s3://b?=a', '', /^Invalid URI: has a parameter without a name$/],
    ['s3://b?region=%zz', 'region', /%25/],
    ['s3://b?region=%ff', 'region', /%25/],
    ['s3://b/%', 'path', /%25/],
    ['s3://b?region=a%00b', 'region', /control characters/],
    ['s3://b\n', '', /control characters/],
    ['s3://b ', '', /must not end with a space/],
    ['file:///x?shared-pool-id=p ', '', /must not end with a space; write one as %20/],
    ['s3://a b/p', 'bucket', /must not have a space; write one as %20/],
    ['file://a b/c', 'host', /must not have a space/],
    ['s3://a%2Fb', 'bucket', /without "\/"/],
    ['s3://..', 'bucket', /must be/],
    ['s3://b?shared-pool-id=a/b', 'shared-pool-id', /without "\/"/],
    ['s3://b/a/../b', 'prefix', /must be/],
    ['s3://b?prefix=/a', 'prefix', /Go SDK/],
    ['s3://b?endpoint=https://u:p@host', 'endpoint', /without user info/],
    ['file:///x?permissions=755', 'permissions', /octal/],
    ['file:///x?permissions=0o755', 'permissions', /octal/],
    ['file:///x?permissions=0999', 'permissions', /octal/],
    ['file:///x?permissions=0444', 'permissions', /owner/],
    [
      'localfs://host:80/x',
      'host',
      /port; a folder has three slashes in front: file:\/\/\/folder$/,
    ],
    ['file://user@host/x', 'host', /user info; a folder has three slashes in front/],
    ['oss://b:80/x', 'bucket', /port; the host of a service is the parameter endpoint$/],
    ['s3://b?access-key=a', 'access-key', /without secret-access-key/],
    ['s3://b?secret-access-key=a', 'secret-access-key', /without access-key/],
    ['oss://b?session-token=a', 'session-token', /without access-key/],
    ['azure://b?account-key=a', 'account-key', /without account-name/],
    ['file:/x', '', /must begin with a scheme/],
    ['', '', /must begin with a scheme/],
    ['://b', '', /must begin with a scheme/],
  ])('refuses %s', async (uri, path, message) => {
    const error = await configError(() => parseUri(uri));
    expect(error).toMatchObject({ code: 'INVALID_URI', path });
    expect(error.message).toMatch(message);
  });

  it('tells all that is wrong at once', async () => {
    const error = await configError(() => parseUri('s3://b?x=1&regoin=a&prefix=//'));
    expect(error.message).toMatch(/x is unknown.*regoin is unknown.*prefix must be/);
  });

  it('explains a signature that was pasted as it is', async () => {
    const uri = 'azure://c?account-name=a&sas-token=sv=2024-01-01&sig=planted%2Bsecret';
    const error = await configError(() => parseUri(uri));
    expect(error.message).toMatch(
      /sig is unknown.*belongs to sas-token, write "&" in a value as %26/,
    );
    expect(error.message).not.toContain('planted');
  });

  // The reference drops a parameter with ";" and keeps the rest in the option before it: so did we.
  it.each([
    ['s3://b/p&region-id=x', 'region-id'],
    ['s3://b&prefix=p', 'prefix'],
    ['s3://b?region=r;shared-pool-id=p', 'shared-pool-id'],
    ['s3://b?region=r?endpoint=https://h', 'endpoint'],
    ['s3://b?region=r;account-name=n', 'account-name'],
    ['file:///data?prefix=p;shared_pool_id=q', 'shared-pool-id'],
    ['file:///data&Create-Dirs=false', 'create-dirs'],
  ])('refuses a parameter that another option would swallow: %s', async (uri, path) => {
    const error = await configError(() => parseUri(uri));
    expect(error).toMatchObject({ code: 'INVALID_URI', path });
    expect(error.message).toMatch(/is no parameter where it stands.*write "=" as %3D/);
  });

  it.each([
    ['s3://b/year=2024/region=eu', 'year=2024/region=eu'],
    ['s3://b/a;b/c&d=e', 'a;b/c&d=e'],
    ['s3://b/p&region-id%3Dx', 'p&region-id=x'],
    ['s3://b?prefix=p;region%3Dx', 'p;region=x'],
  ])('takes what only looks like one: %s', (uri, prefix) => {
    expect(parseUri(uri)).toEqual({ type: 's3', bucket: 'b', prefix });
  });

  it.each([
    ['s3://b?access-key=a&secret-access-keyPl4nted', 'access-key'],
    ['s3://b?secret-access-keyPl4nted', ''],
    ['s3://b?access-key=a&secret-acces-key=x&Pl4nted', 'secret-acces-key'],
    ['s3://b?access-key=a&secret-acces-key=x&Pl4nted=', 'secret-acces-key'],
    ['s3://b?access-key=a&secret-acces-key=x&Pl4nted==', 'secret-acces-key'],
  ])('does not show what is no name=value, which may be a secret: %s', async (uri, path) => {
    const error = await configError(() => parseUri(uri));
    expect(error).toMatchObject({ code: 'INVALID_URI', path });
    expect(error.message).toMatch(/something that is no parameter/);
    expect(error.message).not.toContain('Pl4nted');
  });

  it('does not show what may be the rest of a secret', async () => {
    const uri = 's3://b?access-key=a&secret-access-key=plan&Ted5ecret&rest%';
    const error = await configError(() => parseUri(uri));
    expect(error.path).toBe('secret-access-key');
    expect(error.message).not.toMatch(/Ted5|rest/);
  });

  it('refuses what is no string', () => {
    expect(() => parseUri(undefined as never)).toThrow(TypeError);
  });
});
