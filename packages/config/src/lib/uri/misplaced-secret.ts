import type { Backends } from '../backends/backends.ts';
import type { UriParts } from './split-uri.ts';
import { optionsOf } from './uri-parameters.ts';

/**
 * The name of a secret's parameter that is not parted from what stands before it, as in
 * `s3://b/p&account-key=…`: the bucket, the prefix or another option would hold the secret, and be shown.
 */
export function misplacedSecret(
  { location, parameters }: UriParts,
  backends: Backends,
): string | undefined {
  const secrets = secretParameters(backends);
  const open = parameters.filter(({ name }) => !secrets.has(name));
  const texts = [location, ...open.map(({ text = '' }) => text)];
  const names = texts.flatMap((text) =>
    [...text.matchAll(/[?&;]([^=?&;]*)=/g)].map(([, name]) => name!),
  );
  return names.find((name) => secrets.has(name));
}

function secretParameters(backends: Backends): ReadonlySet<string> {
  const options = backends.all().flatMap(optionsOf);
  const secrets = options.filter(({ field }) => field.type === 'secret');
  return new Set(secrets.flatMap(({ field }) => field.parameters ?? []));
}
