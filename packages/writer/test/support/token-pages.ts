import { gunzipSync } from 'node:zlib';
import { type MeteringRecord, stringifyJson } from '@metering/core';
import { TokenEncoder } from '../../src/lib/deflate/token-encoder.ts';
import { UnsuitedError } from '../../src/lib/deflate/unsuited-error.ts';
import { GzipMember } from '../../src/lib/gzip/gzip-member.ts';
import { type Random, type RecordKind, randomRecord } from './random-records.ts';

const OPTIONS = { level: 6, compression: 'auto' } as const;
const BEGINNING = Buffer.from('{"part":0,"data":[');
const END = Buffer.from(']}');

/** Writes pages with one encoder after the other, and compares each with what it should be. */
export class TokenPages {
  readonly #random: Random;
  #encoder = new TokenEncoder('list begins');
  #member = new GzipMember(OPTIONS, [BEGINNING]);
  #records: MeteringRecord[] = [];
  pages = 0;
  records = 0;
  unsuited = 0;
  /** The last page. */
  body: Uint8Array = new Uint8Array();
  json = '';

  constructor(random: Random) {
    this.#random = random;
  }

  /** Writes a page of so many records. The encoder goes on with the next, or a new one does. */
  async write(kind: RecordKind, count: number): Promise<void> {
    for (let index = 0; index < count; index++) await this.append(randomRecord(this.#random, kind));
    if (this.#random.chance(0.05)) await this.end();
    else await this.turn();
  }

  /** Adds a record; one that the encoder refuses is left out. */
  async append(record: MeteringRecord): Promise<void> {
    try {
      const bytes = this.#encoder.append(record);
      const expected = Buffer.byteLength(stringifyJson(record));
      if (bytes !== expected) throw new Error(`${bytes} bytes instead of ${expected}`);
      this.#records.push(record);
    } catch (error) {
      if (!(error instanceof UnsuitedError)) throw error;
      this.unsuited += 1;
    }
    if (this.#random.chance(0.01)) await this.#member.addDeflated(this.#encoder.take());
  }

  /** Ends the page at hand before its last record, if it has more than one that is not taken yet. */
  async turn(): Promise<void> {
    const last = this.#records.at(-1);
    if (last === undefined || this.#records.length < 2) return this.end();
    // A record that was taken cannot begin the next page any more.
    try {
      this.#encoder.append(last);
    } catch (error) {
      if (error instanceof UnsuitedError) return this.end();
      throw error;
    }
    await this.#member.addDeflated(this.#encoder.takeAllButLast());
    await this.#check();
    this.#records = [last];
  }

  /** Ends the page at hand and the encoder. */
  async end(): Promise<void> {
    await this.#member.addDeflated(this.#encoder.take());
    await this.#check();
    this.#records = [];
    this.#encoder = new TokenEncoder('list begins');
  }

  async #check(): Promise<void> {
    this.body = await this.#member.finish(0, END);
    this.json = stringifyJson({ part: 0, data: this.#records });
    const json = gunzipSync(this.body).toString();
    if (json !== this.json) throw new Error(`page ${this.pages}: ${difference(json, this.json)}`);
    this.pages += 1;
    this.records += this.#records.length;
    this.#member = new GzipMember(OPTIONS, [BEGINNING]);
  }
}

function difference(actual: string, expected: string): string {
  let at = 0;
  while (actual[at] === expected[at]) at += 1;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
  return `at ${at} ${around(actual)} instead of ${around(expected)}`;
}
