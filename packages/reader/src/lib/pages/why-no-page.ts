import {
  describeValue,
  FILE_SUFFIX,
  identifierProblem,
  MAX_KEY_BYTES,
  METERING_PREFIX,
  minuteProblem,
  type Problem,
  selfIdProblem,
} from '@metering/core/building-blocks';

const LAYOUT = '{timestamp}/{category}/{sharedPoolId}/{selfId}-{part}';

/** Why a key that `parseMeteringKey` refuses is no page's, as the end of a sentence. */
export function whyNoPage(key: string): string {
  if (!key.startsWith(METERING_PREFIX)) return `it does not begin with ${METERING_PREFIX}`;
  if (!key.endsWith(FILE_SUFFIX)) return `it does not end with ${FILE_SUFFIX}`;
  const segments = key.slice(METERING_PREFIX.length, -FILE_SUFFIX.length).split('/');
  if (isOlderLayout(segments)) return 'it is of the older layout, without a shared pool';
  if (segments.length !== 4) {
    return `it has ${segments.length} segments after ${METERING_PREFIX} instead of 4: ${LAYOUT}`;
  }
  return segmentsReason(segments) ?? `it is longer than ${MAX_KEY_BYTES} bytes`;
}

/** `{timestamp}/{category}/{selfId}-{part}` */
function isOlderLayout(segments: readonly string[]): boolean {
  return segments.length === 3 && fileReason(segments[2]!) === undefined;
}

function segmentsReason(segments: readonly string[]): string | undefined {
  const [minute, category, sharedPoolId, file] = segments as [string, string, string, string];
  return (
    timestampReason(minute) ??
    because('category', identifierProblem(category)) ??
    because('shared pool', identifierProblem(sharedPoolId)) ??
    fileReason(file)
  );
}

function timestampReason(digits: string): string | undefined {
  return decimalReason('timestamp', digits) ?? because('timestamp', minuteProblem(Number(digits)));
}

function fileReason(file: string): string | undefined {
  const dash = file.lastIndexOf('-');
  if (dash < 0) return `its file name ${describeValue(file)} has no "-" before a page number`;
  return (
    because('instance id', selfIdProblem(file.slice(0, dash))) ??
    decimalReason('page number', file.slice(dash + 1))
  );
}

function decimalReason(what: string, digits: string): string | undefined {
  const shown = describeValue(digits);
  if (!/^[0-9]+$/.test(digits)) return `its ${what} ${shown} is not a decimal number`;
  if (/^0[0-9]/.test(digits)) return `its ${what} ${shown} has leading zeros`;
  return Number.isSafeInteger(Number(digits)) ? undefined : `its ${what} ${shown} is too large`;
}

function because(what: string, problem: Problem | undefined): string | undefined {
  return problem === undefined ? undefined : `its ${what} ${problem.message}`;
}
