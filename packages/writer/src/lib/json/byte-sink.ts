import type { JsonBytes } from './json-bytes.ts';
import { JsonFragments } from './json-fragments.ts';
import { type JsonSink, UnencodableError } from './json-sink.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** What is known of names and units from one record to the next; to be shared by encoders. */
export class EncoderMemory {
  readonly names = new JsonFragments({ before: '', after: ':' });
  readonly metricNames = new JsonFragments({ before: '', after: ':{"value":' });
  readonly units = new JsonFragments({ before: ',"unit":', after: '}' });
}

/** Writes what it takes as bytes. */
export class ByteSink implements JsonSink {
  readonly #json: JsonBytes;
  readonly #memory: EncoderMemory;

  constructor(json: JsonBytes, memory: EncoderMemory) {
    this.#json = json;
    this.#memory = memory;
  }

  metric(name: string, isFirst: boolean, value: number | bigint, unit: string): boolean {
    const opening = this.#memory.metricNames.get(name);
    const closing = this.#memory.units.get(unit);
    if (opening === undefined || closing === undefined) return false;
    if (!isFirst) this.#json.byte(COMMA);
    this.#json.fragment(opening);
    if (typeof value === 'number') this.#json.number(value);
    else this.#json.bigint(value);
    this.#json.fragment(closing);
    return true;
  }

  openObject(): void {
    this.#json.byte(OPEN_BRACE);
  }

  member(name: string, isFirst: boolean): void {
    if (!isFirst) this.#json.byte(COMMA);
    const known = this.#memory.names.get(name);
    if (known !== undefined) {
      this.#json.fragment(known);
    } else {
      if (!name.isWellFormed()) throw new UnencodableError();
      this.#json.string(name);
      this.#json.byte(COLON);
    }
  }

  closeObject(): void {
    this.#json.byte(CLOSE_BRACE);
  }

  openList(): void {
    this.#json.byte(OPEN_BRACKET);
  }

  item(isFirst: boolean): void {
    if (!isFirst) this.#json.byte(COMMA);
  }

  closeList(): void {
    this.#json.byte(CLOSE_BRACKET);
  }

  string(text: string): void {
    this.#json.string(text);
  }

  number(value: number): void {
    this.#json.number(value);
  }

  bigint(value: bigint): void {
    this.#json.bigint(value);
  }

  boolean(value: boolean): void {
    this.#json.boolean(value);
  }

  null(): void {
    this.#json.null();
  }
}
