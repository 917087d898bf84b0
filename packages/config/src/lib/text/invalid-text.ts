import { ConfigError } from '@metering/core';
import type { Place } from '../findings.ts';

/** For a text that cannot be read at all. Of the text itself, it shows nothing. */
export function invalidText(
  source: string | undefined,
  problem: string,
  place?: Place | undefined,
): ConfigError {
  const subject = source === undefined ? 'configuration' : `configuration in ${source}`;
  const at = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
  return new ConfigError({
    code: 'INVALID_CONFIG',
    message: `Invalid ${subject}${at}: ${problem}`,
    source,
    ...place,
  });
}
