import { type JsonSink, UnencodableError } from '../json/json-sink.ts';
import { type Fragment, type FragmentTable, MAX_FRAGMENT_BYTES } from './fragment-table.ts';
import { MAX_TEXT_BYTES, type Operations, RING_MASK } from './operations.ts';
import { RecentMap } from './recent-map.ts';
import { UnsuitedError } from './unsuited-error.ts';

/** Up to here a loop over the characters beats a call into the runtime. */
const SHORT_TEXT = 48;
/** A longer name or unit is hardly one that comes again. */
const LONGEST_NAME = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HASH_SEED = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;
/** A comma and a brace. */
const RECORD_BEGINNING_BYTES = 2;

/** Makes operations of records, which are the items of a list. */
export class OperationSink implements JsonSink {
  readonly #operations: Operations;
  readonly #table: FragmentTable;
  readonly #units = new Map<string, Fragment>();
  /** What is to stand before the next value; and what was when the last record began. */
  #pending: Fragment;
  #before: Fragment;
  #jsonBytes = 0;
  #bytesBefore = 0;

  constructor(operations: Operations, table: FragmentTable) {
    this.#operations = operations;
    this.#table = table;
    this.#pending = table.nothing;
    this.#before = table.nothing;
  }

  /** How many bytes of JSON there were, with what is pending. */
  get jsonBytes(): number {
    return this.#jsonBytes;
  }

  /** How many there were before the last record and its comma. */
  get bytesBeforeRecord(): number {
    return this.#bytesBefore;
  }

  /** What stood before the last record. */
  get before(): Fragment {
    return this.#before;
  }

  /** Goes on where a list begins, or in the middle of one. */
  restart(where: 'list begins' | 'list goes on'): void {
    this.#pending = where === 'list begins' ? this.#table.listBegins : this.#table.nothing;
  }

  /** Notes where the next record begins. @throws UnsuitedError */
  startRecord(): void {
    if (this.#table.isFull) throw new UnsuitedError();
    this.#operations.startRecord();
    this.#before = this.#pending;
    this.#bytesBefore = this.#jsonBytes;
  }

  /** Ends a record: what stands behind it must leave room for what begins the next one. */
  endRecord(): void {
    if (!this.#table.hasRoom(this.#pending, RECORD_BEGINNING_BYTES)) this.flush();
  }

  /** Takes back the record that was begun. */
  cancelRecord(): void {
    this.#operations.cancelRecord();
    this.#pending = this.#before;
    this.#jsonBytes = this.#bytesBefore;
  }

  /** Lets the last record begin a list of its own. @param first its first operation, if it has any. */
  detachRecord(first: number): void {
    const { fragments, end } = this.#operations;
    if (first === end) {
      this.#pending = this.#detached(this.#pending);
    } else {
      const slot = first & RING_MASK;
      fragments[slot] = this.#detached(this.#table.get(fragments[slot]!)).id;
    }
    this.#before = this.#table.listBegins;
  }

  /** Makes an operation of what is pending, with an empty text for a value. */
  flush(): void {
    const isOpen = this.#pending.isOpen;
    this.#operations.addText(this.#pending.id, this.#operations.startText(), 0, HASH_SEED);
    this.#pending = isOpen ? this.#table.listBegins : this.#table.nothing;
  }

  metric(name: string, _isFirst: boolean, value: number | bigint, unit: string): boolean {
    const pending = this.#pending;
    const opening = pending.byMetric?.get(name) ?? this.#addMetricName(name);
    if (opening === undefined) return false;
    let closing = opening.lastUnit === unit ? opening.lastUnitCloser : undefined;
    if (closing === undefined) {
      closing = this.#closerOf(unit);
      if (closing === undefined) return false;
      opening.lastUnit = unit;
      opening.lastUnitCloser = closing;
    }
    this.#jsonBytes += opening.length - pending.length + closing.length;
    this.#pending = opening;
    if (typeof value === 'number') this.#integer(value);
    else this.#bigint(value);
    this.#pending = closing;
    return true;
  }

  openObject(): void {
    this.#append('{');
  }

  member(name: string): void {
    const known = this.#pending.byMember?.get(name);
    if (known === undefined) {
      this.#addMember(name);
    } else {
      this.#jsonBytes += known.length - this.#pending.length;
      this.#pending = known;
    }
  }

  closeObject(): void {
    this.#append('}');
  }

  openList(): void {
    this.#append('[');
  }

  item(): void {
    if (!this.#pending.isOpen) this.#append(',');
  }

  closeList(): void {
    this.#append(']');
  }

  string(text: string): void {
    this.#append('"');
    if (text.length > SHORT_TEXT || !this.#plainText(text)) {
      this.#text(JSON.stringify(text).slice(1, -1));
    }
    this.#pending = this.#table.quote;
    this.#jsonBytes += 1;
  }

  number(value: number): void {
    if (Number.isSafeInteger(value) && value >= 0) this.#integer(value);
    else this.#text(String(value));
    this.#pending = this.#table.nothing;
  }

  bigint(value: bigint): void {
    this.#bigint(value);
    this.#pending = this.#table.nothing;
  }

  boolean(value: boolean): void {
    this.#text(value ? 'true' : 'false');
    this.#pending = this.#table.nothing;
  }

  null(): void {
    this.#text('null');
    this.#pending = this.#table.nothing;
  }

  #integer(value: number): void {
    this.#jsonBytes += this.#operations.addInteger(this.#pending.id, value);
  }

  #bigint(value: bigint): void {
    if (value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER)) this.#integer(Number(value));
    else this.#text(String(value));
  }

  /** Adds a short text that is ASCII and needs no escape; returns false for any other. */
  #plainText(text: string): boolean {
    const operations = this.#operations;
    const { texts } = operations;
    const start = operations.startText();
    let hash = HASH_SEED;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x20 || unit > 0x7f || unit === QUOTE || unit === BACKSLASH) return false;
      texts[start + index] = unit;
      hash = Math.imul(hash ^ unit, HASH_FACTOR);
    }
    operations.addText(this.#pending.id, start, text.length, hash);
    this.#jsonBytes += text.length;
    return true;
  }

  /** Adds any text as a value, in pieces where it is long. */
  #text(text: string): void {
    const bytes = Buffer.from(text);
    let fragment = this.#pending;
    for (let at = 0; at < bytes.length; at += MAX_TEXT_BYTES) {
      const piece = bytes.subarray(at, at + MAX_TEXT_BYTES);
      const start = this.#operations.startText();
      this.#operations.texts.set(piece, start);
      this.#operations.addText(fragment.id, start, piece.length, hashOf(piece));
      fragment = this.#table.nothing;
    }
    this.#jsonBytes += bytes.length;
  }

  /** Adds a piece to what is pending; as a text if it is too long for that. */
  #append(piece: string): void {
    const known = this.#pending.byPiece.get(piece);
    if (known !== undefined) {
      this.#jsonBytes += known.length - this.#pending.length;
      this.#pending = known;
      return;
    }
    const pieceBytes = Buffer.byteLength(piece);
    if (!this.#table.hasRoom(this.#pending, pieceBytes)) this.flush();
    if (pieceBytes > MAX_FRAGMENT_BYTES) {
      this.#text(piece);
      this.#pending = this.#table.nothing;
    } else {
      this.#pending = this.#table.extend(this.#pending, piece);
      this.#jsonBytes += pieceBytes;
    }
  }

  #addMember(name: string): void {
    if (!name.isWellFormed()) throw new UnencodableError();
    const before = this.#pending;
    const comma = before.isOpen ? '' : ',';
    this.#append(`${comma}${JSON.stringify(name)}:`);
    if (this.#pending.parent !== before) return;
    before.byMember ??= new RecentMap();
    before.byMember.set(name, this.#pending);
  }

  /** What is pending with `,"name":{"value":` behind it, or undefined where that is too long. */
  #addMetricName(name: string): Fragment | undefined {
    if (name.length > LONGEST_NAME || !name.isWellFormed()) return undefined;
    const comma = this.#pending.isOpen ? '' : ',';
    const piece = `${comma}${JSON.stringify(name)}:{"value":`;
    if (!this.#table.hasRoom(this.#pending, Buffer.byteLength(piece))) return undefined;
    const longer = this.#table.extend(this.#pending, piece);
    this.#pending.byMetric ??= new RecentMap();
    this.#pending.byMetric.set(name, longer);
    return longer;
  }

  /** What ends a metric of that unit, or undefined where it is too long. */
  #closerOf(unit: string): Fragment | undefined {
    const known = this.#units.get(unit);
    if (known !== undefined) return known;
    if (unit.length > LONGEST_NAME || !unit.isWellFormed()) return undefined;
    const text = `,"unit":${JSON.stringify(unit)}}`;
    if (Buffer.byteLength(text) > MAX_FRAGMENT_BYTES) return undefined;
    const closer = this.#table.closer(text);
    this.#units.set(unit, closer);
    return closer;
  }

  /** The same without what stood before the record, and without the comma. */
  #detached(fragment: Fragment): Fragment {
    const pieces = this.#table.piecesAfter(fragment, this.#before);
    return this.#table.extendAlways(this.#table.listBegins, pieces.slice(1));
  }
}

function hashOf(bytes: Uint8Array): number {
  let hash = HASH_SEED;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ bytes[at]!, HASH_FACTOR);
  return hash;
}
