/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
const MAX_SEGMENTS = 254;

/** Why Azure cannot hold a key, or would hold it under another name. */
export function keyProblem(key: string): string | undefined {
  if (key.includes('\\')) return 'Azure makes "/" of a backslash';
  if (/\.(\/|$)/.test(key)) return 'Azure drops the dot at the end of a segment';
  if (key.split('/').length <= MAX_SEGMENTS) return undefined;
  return `Azure holds no key of more than ${MAX_SEGMENTS} segments`;
}
