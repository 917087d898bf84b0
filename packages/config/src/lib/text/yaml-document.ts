import type { CST, Document, ErrorCode } from 'yaml';
import { invalidText } from './invalid-text.ts';
import { placeAt } from './text-places.ts';

/** The parser, once it is loaded. */
export type YamlModule = typeof import('yaml');

/** No configuration has more words and signs; the parser takes its time for each. */
const MAX_LEXEMES = 5_000;
/** The parser goes down by recursion, so that depth could end the process. */
const MAX_DEPTH = 20;

/**
 * Parses YAML to a document of nodes, within bounds: whatever the text, it takes little time and memory.
 * Of the parser's own messages, which may quote the text, none is passed on.
 *
 * @throws ConfigError with line and column.
 */
export function composeYaml(yaml: YamlModule, text: string, source: string | undefined): Document {
  const fail = (problem: string, offset: number) =>
    invalidText(source, `it is not valid YAML: ${problem}`, placeAt(text, offset));
  const tokens = lex(yaml, text, fail);
  const deepest = nestedTooDeeply(tokens);
  if (deepest !== undefined) throw fail('nested too deeply for a configuration', deepest);
  const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = new yaml.Composer(options).compose(tokens, true, text.length);
  const document: Document = documents.next().value!;
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw fail(PROBLEMS[error.code] ?? 'it cannot be read', error.pos[0]);
  const second = documents.next();
  if (!second.done) throw fail('a second document; there can be one', second.value.range[0]);
  return document;
}

type Fail = (problem: string, offset: number) => Error;

function lex(yaml: YamlModule, text: string, fail: Fail): CST.Token[] {
  const parser = new yaml.Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    count += 1;
    if (count > MAX_LEXEMES) throw fail(PROBLEMS.RESOURCE_EXHAUSTION, parser.offset);
    tokens.push(...parser.next(lexeme));
  }
  tokens.push(...parser.end());
  const error = tokens.find((token) => token.type === 'error');
  if (error !== undefined) throw fail(PROBLEMS.UNEXPECTED_TOKEN, error.offset);
  return tokens;
}

/** Where the nesting goes too deep; without recursion. */
function nestedTooDeeply(tokens: readonly CST.Token[]): number | undefined {
  let level = tokens;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    if (level.length === 0) return undefined;
    level = level.flatMap(childTokens);
  }
  return level[0]?.offset;
}

function childTokens(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((child) => child != null));
}

/** The parser's errors in words of ours. */
const PROBLEMS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias that has an anchor or a tag',
  BAD_ALIAS: 'an anchor or an alias without a name',
  BAD_COLLECTION_TYPE: 'a tag that does not fit what it stands on',
  BAD_DIRECTIVE: 'a directive that cannot be read',
  BAD_DQ_ESCAPE: 'an unknown escape; single quotes take text as it is',
  BAD_INDENT: 'wrong indentation',
  BAD_PROP_ORDER: 'an anchor or a tag in the wrong place',
  BAD_SCALAR_START: 'a value that begins with a reserved character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " on one line; put the value in quotes',
  BLOCK_IN_FLOW: 'indented lines within brackets',
  DUPLICATE_KEY: 'a key that is there twice',
  IMPOSSIBLE: 'it cannot be read',
  KEY_OVER_1024_CHARS: 'a key of more than 1,024 characters',
  MISSING_CHAR: 'a character is missing: a quote, a comma, a bracket, or ": " after a key',
  MULTILINE_IMPLICIT_KEY: 'a key that does not end on its line',
  MULTIPLE_ANCHORS: 'two anchors on one value',
  MULTIPLE_DOCS: 'a second document; there can be one',
  MULTIPLE_TAGS: 'two tags on one value',
  NON_STRING_KEY: 'a key that is no plain name',
  RESOURCE_EXHAUSTION: 'too much for a configuration',
  TAB_AS_INDENT: 'a tab as indentation; use spaces',
  TAG_RESOLVE_FAILED: 'a tag that is unknown or does not fit its value',
  UNEXPECTED_TOKEN: 'something that cannot stand here',
};
