import { ConfigError } from '@metering/core';
import type { Backends } from './backends.ts';
import { nearestName } from './nearest-name.ts';

const GUIDE = 'docs/writing-a-provider.md';

/** The package and the driver of each built-in type. */
const DRIVERS: ReadonlyMap<string, { readonly package: string; readonly name: string }> = new Map([
  ['s3', { package: '@metering/storage-s3', name: 's3Driver' }],
  ['oss', { package: '@metering/storage-oss', name: 'ossDriver' }],
  ['azure', { package: '@metering/storage-azure', name: 'azureDriver' }],
  ['localfs', { package: '@metering/storage-localfs', name: 'localFsDriver' }],
]);

/** What to do about a type, or a URI's scheme, that nothing at hand opens. */
export function unknownTypeProblem(
  name: string,
  backends: Backends,
  what: 'type' | 'scheme',
): string {
  if (name === 'gcs' || name === 'gs') {
    return `"${name}" (Google Cloud Storage) needs the driver of a third party: pass it in the list of drivers, or write one as ${GUIDE} says`;
  }
  const known = what === 'type' ? backends.types : backends.schemes;
  const near = nearestName(name, known);
  const meant = near === undefined ? '' : ` (did you mean "${near}"?)`;
  const list = backends.types.map((type) => withPackage(type)).join(', ');
  return `"${name}" is unknown${meant}: there are ${list}; any other needs the driver of a third party in the list of drivers (${GUIDE})`;
}

function withPackage(type: string): string {
  const driver = DRIVERS.get(type);
  return driver === undefined ? `"${type}"` : `"${type}" (install ${driver.package})`;
}

/** For a type that is known but whose driver was not passed. */
export function missingDriver(type: string): ConfigError {
  const driver = DRIVERS.get(type);
  const remedy =
    driver === undefined
      ? 'pass the driver of that type'
      : `install ${driver.package}, add \`import { ${driver.name} } from '${driver.package}'\` and pass it`;
  const message = `No driver for storage of type "${type}" was passed to openStorage: ${remedy}`;
  return new ConfigError({ code: 'UNKNOWN_TYPE', message, path: 'type' });
}
