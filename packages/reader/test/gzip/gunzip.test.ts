import { gzipSync } from 'node:zlib';
import { FormatError } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { gunzip, gunzipAtOnce } from '../../src/lib/gzip/gunzip.ts';
import { unpackMember } from '../../src/lib/gzip/unpack-member.ts';
import { pageText } from './support/gzip-files.ts';

const CONTENT = Buffer.from(pageText(1));
const FILE = gzipSync(CONTENT);
const DAMAGED = 'is damaged, or followed by other bytes';
const PAGE = { key: 'metering/a.json.gz', maxBytes: 100_000, limitedBy: 'maxPageBytes' };

function flipped(at: number): Buffer {
  const file = Buffer.from(FILE);
  file[at < 0 ? file.length + at : at]! ^= 1;
  return file;
}

function failureOf(file: Uint8Array, page = PAGE): Promise<unknown> {
  return gunzip(file, page).catch((error: unknown) => error);
}

describe('a small file, which is inflated here', () => {
  it('is read', async () => {
    expect(unpackMember(FILE, PAGE.maxBytes)).toEqual(CONTENT);
    expect(gunzipAtOnce(FILE, PAGE)).toEqual(CONTENT);
    expect(await gunzip(FILE, PAGE)).toEqual(CONTENT);
  });

  it.each([
    ['its method', flipped(2), DAMAGED],
    ['a flag', flipped(3).fill(0xff, 3, 4), DAMAGED],
    ['a code', flipped(12), DAMAGED],
    ['its checksum', flipped(-8), DAMAGED],
    ['its size', flipped(-4), DAMAGED],
    ['a byte too few', FILE.subarray(0, -1), 'is truncated'],
    ['half of it', FILE.subarray(0, FILE.length >> 1), 'is truncated'],
    ['bytes behind it', Buffer.concat([FILE, Buffer.from('xyz')]), DAMAGED],
    ['zeros behind it', Buffer.concat([FILE, Buffer.alloc(4)]), 'is followed by other bytes'],
    ['half a member behind it', Buffer.concat([FILE, FILE.subarray(0, 9)]), 'is truncated'],
  ])('but is refused by zlib for %s', async (_what, file, what) => {
    const error = await failureOf(file);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({
      code: 'CORRUPT_GZIP',
      key: PAGE.key,
      message: `${PAGE.key}: the gzip file ${what}`,
    });
  });

  it('is read up to the limit', async () => {
    const maxBytes = CONTENT.length;
    expect(gunzipAtOnce(FILE, { ...PAGE, maxBytes })).toEqual(CONTENT);
    const error = await failureOf(FILE, { ...PAGE, maxBytes: maxBytes - 1 });
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: maxBytes - 1, key: PAGE.key });
    expect((error as FormatError).message).toContain('raise maxPageBytes');
  });

  it('may be followed by another one', () => {
    const both = Buffer.concat([CONTENT, CONTENT]);
    expect(gunzipAtOnce(Buffer.concat([FILE, FILE]), PAGE)).toEqual(both);
  });
});
