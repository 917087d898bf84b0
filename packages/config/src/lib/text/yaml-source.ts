import type { Document, Node, Pair, Scalar } from 'yaml';
import type { OptionPath } from '../findings.ts';
import { invalidText } from './invalid-text.ts';
import type { SourceTree } from './source-tree.ts';
import { placeAt, TextPlaces } from './text-places.ts';
import { composeYaml, type YamlModule } from './yaml-document.ts';

/** No option stands deeper: `aws:`, then `access-key: …`. */
const DEEPEST = 2;

/**
 * Reads a configuration in YAML 1.2, whose parser is loaded now.
 *
 * @throws ConfigError with line and column.
 */
export async function readYaml(text: string, source: string | undefined): Promise<SourceTree> {
  const yaml = await import('yaml');
  const document = composeYaml(yaml, text, source);
  return new YamlReader(yaml, document, text, source).read();
}

/** Turns a document into plain data, no deeper than options stand, so that no alias can blow it up. */
class YamlReader {
  readonly #yaml: YamlModule;
  readonly #document: Document;
  readonly #text: string;
  readonly #source: string | undefined;
  readonly #places: TextPlaces;
  readonly #typed = new Map<string, string>();

  constructor(yaml: YamlModule, document: Document, text: string, source: string | undefined) {
    this.#yaml = yaml;
    this.#document = document;
    this.#text = text;
    this.#source = source;
    this.#places = new TextPlaces(text);
  }

  read(): SourceTree {
    const { contents } = this.#document;
    const at = offsetOf(contents);
    this.#places.set([], { key: at, value: at });
    return {
      value: this.#plain(contents, []),
      textOf: (path) => this.#typed.get(JSON.stringify(path)),
      place: (path, part) => this.#places.place(path, part),
    };
  }

  #plain(node: unknown, path: OptionPath): unknown {
    const { isAlias, isMap, isScalar, isSeq } = this.#yaml;
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined) throw this.#invalid(node, 'an alias without its anchor');
      return this.#plain(target, path);
    }
    if (isMap(node)) return this.#members(node.items, path);
    if (isSeq(node)) return [];
    return isScalar(node) ? this.#scalar(node, path) : null;
  }

  #members(pairs: readonly Pair[], path: OptionPath): Record<string, unknown> {
    const members: Record<string, unknown> = Object.create(null);
    if (path.length === DEEPEST) return members;
    for (const { key, value } of pairs) {
      const name = this.#name(key);
      // What looks like a key may be a secret then: `{account-key:,c2VjcmV0}`.
      if (value === null) throw this.#invalid(key, 'a key without ": " after it');
      if (Object.hasOwn(members, name)) throw this.#invalid(key, 'a key that is there twice');
      const member = [...path, name];
      this.#places.set(member, { key: offsetOf(key), value: offsetOf(value ?? key) });
      members[name] = this.#plain(value, member);
    }
    return members;
  }

  #name(key: unknown): string {
    if (!this.#yaml.isScalar(key)) throw this.#invalid(key, 'a key that is no plain name');
    if (key.source === '<<' && key.type === 'PLAIN') throw this.#invalid(key, MERGE_KEY);
    return typeof key.value === 'string' ? key.value : (key.source ?? '');
  }

  #scalar(node: Scalar, path: OptionPath): unknown {
    const { value, source, type, tag } = node;
    if (tag === BINARY) throw this.#invalid(node, 'a tag that is not for text, "!!binary"');
    const typed = typeof value !== 'string' && value !== null && type === 'PLAIN';
    if (typed && source !== undefined) this.#typed.set(JSON.stringify(path), source);
    return value;
  }

  #invalid(node: unknown, problem: string) {
    const place = placeAt(this.#text, offsetOf(node));
    return invalidText(this.#source, `it is not valid YAML: ${problem}`, place);
  }
}

/** Its text is base64, which would be taken as it stands. */
const BINARY = 'tag:yaml.org,2002:binary';
const MERGE_KEY = 'a merge key, "<<", which YAML 1.2 does not have; write out what it stands for';

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
