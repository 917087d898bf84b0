import { isTemporaryName } from './writing/temporary-file.ts';

/** The longest name of a file, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;
/** No name is longer than this and yet fits: a UTF-16 unit takes up to three bytes. */
const ALWAYS_FITS = MAX_NAME_BYTES / 3;
/** Devices, whatever the extension. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ ]*(\.|$)/i;
const WINDOWS_FORBIDDEN = /[<>:"|?*\\]/;

/** Why a file system cannot hold a key that is well-formed otherwise, or undefined if it can. */
export function keyProblem(key: string, platform = process.platform): string | undefined {
  for (const segment of key.split('/')) {
    const problem =
      segmentProblem(segment) ?? (platform === 'win32' ? windowsProblem(segment) : undefined);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function segmentProblem(segment: string): string | undefined {
  if (segment.length > ALWAYS_FITS && Buffer.byteLength(segment) > MAX_NAME_BYTES) {
    return `a file system holds no segment of more than ${MAX_NAME_BYTES} bytes of UTF-8`;
  }
  if (!isTemporaryName(segment)) return undefined;
  return `the segment ${JSON.stringify(segment)} is a name of this storage's temporary files`;
}

function windowsProblem(segment: string): string | undefined {
  const shown = JSON.stringify(segment);
  if (WINDOWS_DEVICE.test(segment)) return `the segment ${shown} names a device on Windows`;
  const forbidden = WINDOWS_FORBIDDEN.exec(segment);
  if (forbidden) return `Windows holds no file with ${JSON.stringify(forbidden[0])} in its name`;
  if (!/[. ]$/.test(segment)) return undefined;
  return `Windows drops the dot or space at the end of the segment ${shown}`;
}
