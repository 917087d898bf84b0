import {
  floorToMinute,
  isMeteringError,
  type MeteringRecord,
  meteringKey,
  parseJson,
  parseMeteringKey,
  stringifyJson,
  ValidationError,
  validateMeteringData,
} from '@metering/core';

const timestamp = floorToMinute(new Date('2025-08-22T08:13:42Z'));
const id = { category: 'api', sharedPoolId: 'default-shared-pool', selfId: 'a1' };
const key = meteringKey({ timestamp, ...id, part: 0 });

/** What is wrong with data, as `path code`. */
function issuesOf(selfId: string, data: readonly MeteringRecord[]): string[] {
  try {
    validateMeteringData({ timestamp, category: 'api', selfId, data });
    return [];
  } catch (error) {
    if (!isMeteringError(error) || !(error instanceof ValidationError)) throw error;
    return error.issues.map(({ path, code }) => `${path} ${code}`);
  }
}

/** Fetches a page as it is stored, unpacks it and reads it exactly. */
async function readPage(url: string): Promise<unknown> {
  const { body } = await fetch(url);
  const unpacked = new Response(body!.pipeThrough(new DecompressionStream('gzip')));
  return parseJson(new Uint8Array(await unpacked.arrayBuffer()));
}

const metric = (value: number | bigint) => [{ egress: { value, unit: 'bytes' } }];
const page = (await readPage(`files/${key}`)) as { readonly data: readonly MeteringRecord[] };
validateMeteringData({ timestamp, category: 'api', selfId: 'a1', data: page.data });
const result = {
  key,
  parsed: { ...parseMeteringKey(key)! },
  notCanonical: parseMeteringKey('metering/ru/0060/a/b/c-007.json.gz') === undefined,
  valid: issuesOf('a1', metric(2n ** 64n - 1n)),
  invalid: issuesOf('a-1', metric(2n ** 64n)),
  records: page.data,
};
document.querySelector('#result')!.textContent = stringifyJson(result);
