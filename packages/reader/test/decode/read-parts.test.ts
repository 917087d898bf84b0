import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readParts } from '../../src/lib/pages/read-parts.ts';
import { pageFile } from './support/large-page.ts';
import { WANTED } from './support/page-bytes.ts';

describe('the parts of a page', () => {
  it.each([
    ['of a last page', '"part":0,"parts":1', 1],
    ['of a page that others follow', '"part":0,"parts":0', 0],
    ['that Go wrote', '"part":0', undefined],
    ['behind a long name', `"long":"${'é😀'.repeat(9000)}","parts":1`, 1],
  ])('%s', async (_what, before, parts) => {
    expect(await readParts(pageFile({ before }), WANTED)).toBe(parts);
    expect(await readParts(pageFile({ before, records: [] }), WANTED)).toBe(parts);
  });

  it('behind its records are not looked for', async () => {
    const file = pageFile({ before: '"part":0', after: ',"parts":1' });
    expect(await readParts(file, WANTED)).toBeUndefined();
  });

  it('of a page without a list of records', async () => {
    expect(await readParts(gzipSync('{"data":null}'), WANTED)).toBeUndefined();
    expect(await readParts(gzipSync('{"parts":1,"data":null}'), WANTED)).toBe(1);
  });

  it('behind what only the exact parser can judge', async () => {
    const deep = `${'['.repeat(998)}${']'.repeat(998)}`;
    expect(await readParts(gzipSync(`{"deep":${deep},"parts":1,"data":[]}`), WANTED)).toBe(1);
  });

  it('are known though the rest is damaged: no more than the beginning is unpacked', async () => {
    const file = pageFile();
    expect(await readParts(file.subarray(0, 5000), WANTED)).toBe(1);
  });

  it.each([
    ['another page', pageFile({ before: '"part":1' }), 'UNEXPECTED_SHAPE'],
    ['parts that cannot be', pageFile({ before: '"parts":3' }), 'UNEXPECTED_SHAPE'],
    ['no gzip', Buffer.from('{"parts":1}'), 'CORRUPT_GZIP'],
    ['nothing', Buffer.alloc(0), 'CORRUPT_GZIP'],
    ['a beginning that is cut', pageFile().subarray(0, 30), 'CORRUPT_GZIP'],
    ['no JSON', gzipSync('{"parts":1;'), 'INVALID_JSON'],
    ['a comma too many', gzipSync('{"parts":1,,"data":[]}'), 'INVALID_JSON'],
    ['no records', gzipSync('{"parts":1}'), 'UNEXPECTED_SHAPE'],
  ])('of %s are an error', async (_what, file, code) => {
    await expect(readParts(file, WANTED)).rejects.toMatchObject({ code, key: WANTED.key });
  });
});
