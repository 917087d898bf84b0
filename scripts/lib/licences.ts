/** Packages by the licence that their manifests name, as `pnpm licenses list --json` prints them. */
export type Licensed = Readonly<Record<string, readonly { readonly name: string }[]>>;

/**
 * What is wrong with packages' licences, a line for each package.
 *
 * @param acceptable SPDX identifiers.
 * @param foundElsewhere The licences of packages whose manifests do not name them, by package.
 */
export function unacceptable(
  licensed: Licensed,
  acceptable: readonly string[],
  foundElsewhere: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(licensed).flatMap(([named, packages]) =>
    packages.flatMap(({ name }) => {
      const licence = foundElsewhere[name] ?? named;
      return isAcceptable(licence, acceptable) ? [] : [`${name}: ${licence} is not acceptable`];
    }),
  );
}

/** Of a choice, one has to be acceptable; what is not understood is not. */
function isAcceptable(licence: string, acceptable: readonly string[]): boolean {
  const choices = licence.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return choices.some((choice) => acceptable.includes(choice));
}
