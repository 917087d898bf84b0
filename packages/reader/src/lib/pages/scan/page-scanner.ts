import { type JsonValue, type MeteringRecord, parseJson } from '@metering/core';
import { isPlainObject } from '@metering/core/building-blocks';
import { checkHeader } from '../decode-page.ts';
import type { PageToRead } from '../page-to-read.ts';
import { ByteWindow } from './byte-window.ts';
import type { PageTexts } from './page-texts.ts';
import { RecordScanner, UNUSUAL } from './record-scanner.ts';
import type { RecordSink } from './record-sink.ts';
import { Surprise } from './surprise.ts';
import { INCOMPLETE, valueEnd } from './value-end.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** No byte is at hand. */
const NOTHING = -1;

/** What may come next. */
type State =
  | 'page'
  | 'first member'
  | 'member'
  | 'after member'
  | 'first record'
  | 'record'
  | 'after record'
  | 'end';

/** What comes after a single byte. Members and records are all that is longer. */
const TRANSITIONS: Readonly<Record<State, Readonly<Record<number, State>>>> = {
  page: { [OPEN_BRACE]: 'first member' },
  'first member': { [CLOSE_BRACE]: 'end' },
  member: {},
  'after member': { [COMMA]: 'member', [CLOSE_BRACE]: 'end' },
  'first record': { [CLOSE_BRACKET]: 'after member' },
  record: {},
  'after record': { [COMMA]: 'record', [CLOSE_BRACKET]: 'after member' },
  end: {},
};

/**
 * Reads the JSON of a page as it comes, and holds no more of it than the record at hand. It accepts
 * nothing that the exact parser would not read just so; what it does not accept is a `Surprise` or a
 * `FormatError`, and the exact parser has the last word on the whole page.
 */
export class PageScanner {
  /** How many records have ended. */
  records = 0;
  readonly #page: PageToRead;
  readonly #sink: RecordSink;
  readonly #window = new ByteWindow();
  readonly #scanner: RecordScanner;
  /** The members of the page; a list of records stands there empty. */
  readonly #members = new Map<string, JsonValue>();
  #state: State = 'page';
  /** So much must be at hand for another try: a value that goes on and on is not read anew each time. */
  #wanted = 0;

  constructor(page: PageToRead, texts: PageTexts, sink: RecordSink) {
    this.#page = page;
    this.#sink = sink;
    this.#scanner = new RecordScanner(this.#window, texts, sink);
  }

  /** Whether the records have begun, so that all before them is known. */
  get hasHeader(): boolean {
    return this.#members.has('data');
  }

  /** `parts`, as far as it is known. */
  get parts(): number | undefined {
    return this.#members.get('parts') as number | undefined;
  }

  /** Takes more of the page, and tells the sink of all records that are whole. */
  push(chunk: Uint8Array): void {
    this.#window.append(chunk);
    if (this.#left() < this.#wanted) return;
    this.#run();
    this.#wanted = 2 * this.#left();
  }

  /** The page is at its end: sees that it is one, and the one that was meant. */
  finish(): void {
    this.#run();
    if (this.#state !== 'end' || !this.#members.has('data')) throw new Surprise('no page');
    this.#checkMembers();
  }

  #left(): number {
    return this.#window.end - this.#window.start;
  }

  #run(): void {
    while (this.#step());
  }

  /** @returns False when there must be more first. */
  #step(): boolean {
    const byte = this.#skipSpace();
    if (byte === NOTHING) return false;
    const next = TRANSITIONS[this.#state][byte];
    if (next !== undefined) return this.#take(next);
    if (this.#state === 'record' || this.#state === 'first record') return this.#record();
    if (this.#state === 'member' || this.#state === 'first member') return this.#member();
    throw new Surprise(`unexpected ${this.#state}`);
  }

  #take(next: State): true {
    this.#window.start += 1;
    this.#state = next;
    return true;
  }

  /** The next byte that is no white space. */
  #skipSpace(): number {
    const window = this.#window;
    window.start = spaceEnd(window.bytes, window.start, window.end);
    return window.start < window.end ? window.bytes[window.start]! : NOTHING;
  }

  /** Reads a record, and those that follow without space as long as all is as usual. */
  #record(): boolean {
    const window = this.#window;
    let end = this.#scanner.scan(window.start);
    if (end === UNUSUAL) return this.#exactRecord();
    while (end !== UNUSUAL) {
      this.#passRecord(end);
      end = window.bytes[end] === COMMA ? this.#scanner.scan(end + 1) : UNUSUAL;
    }
    return true;
  }

  #exactRecord(): boolean {
    const window = this.#window;
    const end = valueEnd(window.bytes, window.start, window.end);
    if (end === INCOMPLETE) return false;
    const record = parseJson(window.bytes.subarray(window.start, end));
    if (!isPlainObject(record)) throw new Surprise('no record');
    this.#sink.record(record as MeteringRecord);
    this.#passRecord(end);
    return true;
  }

  #passRecord(end: number): void {
    this.records += 1;
    this.#window.start = end;
    this.#state = 'after record';
  }

  #member(): boolean {
    const { bytes, start, end } = this.#window;
    if (bytes[start] !== QUOTE) throw new Surprise('no key');
    const keyEnd = valueEnd(bytes, start, end);
    if (keyEnd === INCOMPLETE) return false;
    const colon = spaceEnd(bytes, keyEnd, end);
    const valueStart = spaceEnd(bytes, colon + 1, end);
    if (valueStart >= end) return false;
    if (bytes[colon] !== COLON) throw new Surprise('no colon');
    return this.#value(parseJson(bytes.subarray(start, keyEnd)) as string, valueStart);
  }

  #value(name: string, start: number): boolean {
    const window = this.#window;
    if (name === 'data' && window.bytes[start] === OPEN_BRACKET) {
      this.#addMember(name, []);
      this.#checkMembers();
      window.start = start;
      return this.#take('first record');
    }
    const end = valueEnd(window.bytes, start, window.end);
    if (end === INCOMPLETE) return false;
    const value = parseJson(window.bytes.subarray(start, end));
    if (name === 'data' && value !== null) throw new Surprise('no records');
    this.#addMember(name, value);
    window.start = end;
    this.#state = 'after member';
    return true;
  }

  #addMember(name: string, value: JsonValue): void {
    if (this.#members.has(name)) throw new Surprise('a name twice');
    this.#members.set(name, value);
  }

  #checkMembers(): void {
    checkHeader(Object.fromEntries(this.#members), this.#page.key, this.#page.meant);
  }
}

function spaceEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at]!)) at += 1;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
