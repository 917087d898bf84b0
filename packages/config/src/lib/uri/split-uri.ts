import { CONTROL_CHARACTER } from '../fields/control-character.ts';
import type { Findings } from '../findings.ts';

/** What a URI is made of; what it means is another matter. */
export interface UriParts {
  /** The authority and the path as they are written, not yet decoded. */
  readonly location: string;
  /** Between the slashes: a bucket, or the first folder. */
  readonly authority: string;
  /** With the slash in front; `''` where there is none. */
  readonly path: string;
  readonly parameters: readonly UriParameter[];
}

/** What stands between two `&`. */
export interface UriParameter {
  readonly name: string;
  /** What follows its `=`, as it is written, not yet decoded; undefined where there is none. */
  readonly text: string | undefined;
}

/** What errors call the part between the slashes. */
export type AuthorityName = 'host' | 'bucket';

/** Far more than any backend has. */
const MAX_PARAMETERS = 100;
const SCHEME = /^([a-z][a-z0-9+.-]{0,40}):\/\//i;

/**
 * A URI's scheme in lower case.
 *
 * @throws ConfigError where there is none.
 */
export function uriScheme(uri: string, findings: Findings): string {
  const scheme = SCHEME.exec(uri)?.[1];
  if (scheme !== undefined) return scheme.toLowerCase();
  return findings.fail([], 'must begin with a scheme, as s3://bucket/prefix and file:///folder do');
}

/**
 * Takes a URI apart. Unlike a web form's, its `+` is a plus sign.
 *
 * @throws ConfigError for parts that a storage URI cannot have, and for what cannot be decoded.
 */
export function splitUri(uri: string, authorityName: AuthorityName, findings: Findings): UriParts {
  const rest = uri.replace(SCHEME, '');
  if (CONTROL_CHARACTER.test(rest)) {
    findings.fail([], 'must not hold line breaks and other control characters');
  }
  if (rest.endsWith(' ')) findings.fail([], 'must not end with a space; write one as %20');
  if (rest.includes('#')) findings.fail(['fragment'], 'means nothing here; write "#" as %23');
  const [location, query] = cut(rest, '?');
  const slash = location.indexOf('/');
  const authority = slash < 0 ? location : location.slice(0, slash);
  const path = slash < 0 ? '' : location.slice(slash);
  checkAuthority(authority, authorityName, findings);
  return {
    location,
    authority: decodePart(authority, authorityName, findings),
    path: decodePart(path, 'path', findings),
    parameters: splitQuery(query ?? '', findings),
  };
}

const FOLDER_REMEDY = 'a folder has three slashes in front: file:///folder';
/** What to do with what cannot stand between the slashes. */
const REMEDIES = {
  host: { '@': FOLDER_REMEDY, ':': FOLDER_REMEDY },
  bucket: {
    '@': 'credentials are parameters, such as access-key',
    ':': 'the host of a service is the parameter endpoint',
  },
} as const;

function checkAuthority(authority: string, name: AuthorityName, findings: Findings): void {
  const remedies = REMEDIES[name];
  if (authority.includes('@')) findings.fail([name], `must not have user info; ${remedies['@']}`);
  if (authority.includes(':')) findings.fail([name], `must not have a port; ${remedies[':']}`);
  if (authority.includes(' ')) findings.fail([name], 'must not have a space; write one as %20');
}

function splitQuery(query: string, findings: Findings): readonly UriParameter[] {
  const pieces = query.split('&').filter((piece) => piece !== '');
  if (pieces.length > MAX_PARAMETERS) findings.fail([], 'has more parameters than there can be');
  return pieces.map((piece) => {
    const [name, text] = cut(piece, '=');
    return { name: decodeName(name), text };
  });
}

/** One that cannot be decoded stays as it is, and is unknown. */
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What a part of a URI says; `''`, and a finding about the option, where it cannot be decoded. */
export function decodePart(text: string, option: string, findings: Findings): string {
  try {
    return decodeURIComponent(text);
  } catch {
    findings.add([option], 'has a "%" that does not begin %XX of UTF-8; write "%" as %25');
    return '';
  }
}

/** The texts before and after the first separator; no second one where there is none. */
function cut(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
