import type { StorageErrorCode, StorageOperation } from '@metering/core';
import { expect, it } from 'vitest';
import { classifyError } from '../src/lib/classify-error.ts';

function systemError(errno: string): Error {
  return Object.assign(new Error(`${errno}: as the system says`), { code: errno });
}

it.for<[string, StorageOperation, StorageErrorCode]>([
  ['ENOENT', 'get', 'NOT_FOUND'],
  ['ENOENT', 'delete', 'NOT_FOUND'],
  ['ENOENT', 'put', 'UNAVAILABLE'],
  ['ENOTDIR', 'head', 'NOT_FOUND'],
  ['ENOTDIR', 'put', 'INVALID_KEY'],
  ['EISDIR', 'get', 'NOT_FOUND'],
  ['EISDIR', 'put', 'INVALID_KEY'],
  ['EEXIST', 'put', 'ALREADY_EXISTS'],
  ['ENOSPC', 'put', 'NO_SPACE'],
  ['EDQUOT', 'put', 'NO_SPACE'],
  ['EFBIG', 'put', 'NO_SPACE'],
  ['EACCES', 'list', 'PERMISSION_DENIED'],
  ['EPERM', 'delete', 'PERMISSION_DENIED'],
  ['EROFS', 'put', 'PERMISSION_DENIED'],
  ['ELOOP', 'get', 'PERMISSION_DENIED'],
  ['ENAMETOOLONG', 'put', 'INVALID_KEY'],
  ['EILSEQ', 'put', 'INVALID_KEY'],
  ['EINVAL', 'put', 'INVALID_KEY'],
  ['EMFILE', 'get', 'UNAVAILABLE'],
  ['ENFILE', 'list', 'UNAVAILABLE'],
  ['EIO', 'put', 'UNAVAILABLE'],
  ['ESTALE', 'get', 'UNAVAILABLE'],
])('%s of %s is %s, and says what the system said', ([errno, operation, code]) => {
  const found = classifyError(systemError(errno), { operation, key: 'key' });
  expect(found).toMatchObject({ code });
  expect(found?.message).toMatch(new RegExp(`^[a-z].+ \\(${errno}: as the system says\\)$`));
});

it('knows nothing of errors that are not the system’s', () => {
  const context = { operation: 'get', key: 'key' } as const;
  for (const error of [new Error('ENOENT'), 'ENOENT', null, systemError('EWHATEVER')]) {
    expect(classifyError(error, context)).toBeUndefined();
  }
});
