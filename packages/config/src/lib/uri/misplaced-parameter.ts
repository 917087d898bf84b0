import type { Backends } from '../backends/backends.ts';
import type { UriParts } from './split-uri.ts';
import { type BackendOption, optionsOf } from './uri-parameters.ts';

/** What reads as `name=` within a text, and the separator in front of it that is none there. */
const NAMED = /([?&;]?)([\w-]{1,60})=/g;

/**
 * The name of a parameter that is not parted from what stands before it, as in `s3://b/p&region-id=…`,
 * `…?region=r;shared-pool-id=…` or `…?account-name=nsas-token=…`: another option would swallow it, and
 * show it if it is a secret. What a secret itself holds is not looked at.
 */
export function misplacedParameter(
  { location, parameters }: UriParts,
  backends: Backends,
): string | undefined {
  const options = backends.all().flatMap(optionsOf);
  const names = namesOf(options);
  const secrets = namesOf(options.filter(({ field }) => field.type === 'secret'));
  const open = parameters.filter(({ name }) => !secrets.includes(name));
  const texts = [location, ...open.map(({ text = '' }) => text)];
  for (const [, separator, word] of texts.flatMap((text) => [...text.matchAll(NAMED)])) {
    const written = folded(word!);
    const parted = separator === '' ? undefined : names.find((name) => folded(name) === written);
    const found = parted ?? secrets.find((name) => isGluedTo(written, folded(name)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `nsas-token` is a `sas-token` glued to something; a name of one word may well end another one. */
function isGluedTo(written: string, name: string): boolean {
  return name.includes('-') && written.endsWith(name);
}

/** `Sas_Token` is `sas-token`, as far as a slip goes. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function namesOf(options: readonly BackendOption[]): readonly string[] {
  return options.flatMap(({ field }) => field.parameters ?? []);
}
