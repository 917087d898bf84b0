import { FormatError, parseJson } from '@metering/core';
import { invalidText } from './invalid-text.ts';
import type { SourceTree } from './source-tree.ts';
import { TextPlaces } from './text-places.ts';

/**
 * Reads a configuration in JSON.
 *
 * @throws ConfigError with line and column.
 */
export function readJson(text: string, source: string | undefined): SourceTree {
  const value = parse(text, source);
  let places: TextPlaces | undefined;
  return {
    value,
    place(path, part) {
      places ??= findPlaces(text);
      return places.place(path, part);
    },
  };
}

function parse(text: string, source: string | undefined): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { message, line = 1, column = 1 } = error;
    // A number may be a secret that lacks its quotes.
    const detail = message.replace(/^.*?: /, '').replace(/^the number ".*?"/, 'a number');
    throw invalidText(source, `it is not valid JSON: ${detail}`, { line, column });
  }
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;
/** No option stands deeper: `{"aws": {"access-key": …`. */
const DEEPEST = 2;

/** An object or a list that is open, and the key in it that was read last. */
interface Container {
  readonly isObject: boolean;
  key: string;
  keyAt: number;
}

/** Finds where the options stand in a text that is known to be JSON. */
function findPlaces(text: string): TextPlaces {
  const places = new TextPlaces(text);
  const open: Container[] = [];
  let expectsKey = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const container = open[open.length - 1];
    if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ',') {
      expectsKey = container?.isObject ?? false;
    } else if (container !== undefined && expectsKey) {
      container.key = JSON.parse(token);
      container.keyAt = index;
      expectsKey = false;
    } else if (token !== ':') {
      if (open.length <= DEEPEST) {
        const path = open.map(({ key }) => key);
        places.set(path, { key: container?.keyAt ?? index, value: index });
      }
      expectsKey = token === '{';
      if (expectsKey || token === '[') open.push({ isObject: expectsKey, key: '', keyAt: index });
    }
  }
  return places;
}
