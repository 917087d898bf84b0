/** The environment: what `process.env` is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A text with its references filled in, and whether there were any; or what is wrong with it. */
export type Interpolation =
  | { readonly text: string; readonly filled: boolean }
  | { readonly problem: string };

/** `$${`, `${NAME}`, `${NAME:-default}`, or a `${` that is none of them. */
const REFERENCE = /\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\})?/g;

/**
 * Fills `${NAME}` and `${NAME:-default}` from the environment, once: what a variable holds is taken as
 * it is. The default stands for a variable that is absent or empty. `$${` is a literal `${`.
 */
export function interpolate(text: string, env: Environment): Interpolation {
  let problem: string | undefined;
  let filled = false;
  const result = text.replace(REFERENCE, (match, name?: string, fallback?: string) => {
    if (match === '$${') return '${';
    filled = true;
    if (name === undefined) problem ??= MALFORMED;
    const value = name !== undefined && Object.hasOwn(env, name) ? env[name] : undefined;
    if (fallback !== undefined) return value || fallback;
    if (value === undefined) problem ??= `needs the environment variable ${name}, which is not set`;
    return value ?? '';
  });
  return problem === undefined ? { text: result, filled } : { problem };
}

const MALFORMED =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it shows the syntax
  'has a "${" that is neither ${NAME} nor ${NAME:-default}; a literal "${" is written "$${"';
