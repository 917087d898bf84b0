import { invalidText } from './invalid-text.ts';
import type { SourceTree } from './source-tree.ts';

/** What a message of the parser may be made of; one that quotes the text is not passed on. */
const PLAIN_MESSAGE = /^Invalid TOML document: ([a-z :,-]{1,100})\n/;

/**
 * Reads a configuration in TOML, whose parser is loaded now.
 *
 * @throws ConfigError with line and column.
 */
export async function readToml(text: string, source: string | undefined): Promise<SourceTree> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return { value: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw invalidText(source, 'it is not valid TOML');
    const detail = PLAIN_MESSAGE.exec(error.message)?.[1] ?? 'invalid syntax';
    const { line, column } = error;
    throw invalidText(source, `it is not valid TOML: ${detail}`, { line, column });
  }
}
