import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { StorageError, type StorageErrorCode } from '../src/index.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

/** The rows of the tables below a heading of `docs/errors.md`, by the code in their first column. */
async function documented(heading: string): Promise<Map<string, string[]>> {
  const text = await read('../../../docs/errors.md');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.matchAll(/^\| `([A-Z_]+)` \|(.*)\|$/gm);
  return new Map(
    [...rows].map(([, code, rest]) => [code!, rest!.split(' | ').map((cell) => cell.trim())]),
  );
}

/** The texts that a union type of a source file allows. */
async function declared(file: string, type: string): Promise<string[]> {
  const source = await read(`../src/lib/errors/${file}`);
  const union = source.match(new RegExp(`type ${type} =([^;]*);`))?.[1] ?? '';
  return [...union.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code!);
}

describe('docs/errors.md', () => {
  it.each([
    ['StorageError', 'storage-error.ts', ['StorageErrorCode']],
    ['FormatError', 'format-error.ts', ['FormatErrorCode']],
    ['ConfigError', 'config-error.ts', ['ConfigErrorCode']],
  ] as const)('has every code of a %s and no other', async (heading, file, [type]) => {
    const codes = await declared(file, type);
    expect(codes.length).toBeGreaterThan(2);
    expect([...(await documented(heading)).keys()]).toEqual(codes);
  });

  it('has every code of a finding, and of the errors that have one code', async () => {
    const issueCodes = await declared('validation-error.ts', 'ValidationIssueCode');
    expect(issueCodes.length).toBeGreaterThan(2);
    expect([...(await documented('ValidationError')).keys()]).toEqual([
      'INVALID_INPUT',
      ...issueCodes,
    ]);
    expect([...(await documented('PartialWriteError')).keys()]).toEqual(['PARTIAL_WRITE']);
  });

  it('says of each StorageError whether it is retryable', async () => {
    for (const [code, cells] of await documented('StorageError')) {
      const error = new StorageError({
        code: code as StorageErrorCode,
        message: 'm',
        provider: 'p',
        operation: 'get',
      });
      expect([code, cells.at(-1)]).toEqual([code, error.retryable ? 'yes' : 'no']);
    }
  });
});
