import { isMetricValue, isPlainObject, MAX_JSON_DEPTH } from '@metering/core';
import { JsonBytes } from './json-bytes.ts';
import { JsonFragments } from './json-fragments.ts';
import { MAX_PAGE_JSON_BYTES } from './page-limit.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** So much is taken at a time: large enough to be worth a trip to another thread. */
const SLAB_BYTES = 1_048_576;
/** A slab's memory, with room for the record that fills it. */
const SLAB_CAPACITY = SLAB_BYTES + 65_536;
/** A slab that a record begins at the end of, which could fill a page alone. */
const MOST_CAPACITY = SLAB_CAPACITY + MAX_PAGE_JSON_BYTES;
/** What most writes need; doubled again and again, it makes a slab's. */
const FIRST_CAPACITY = SLAB_CAPACITY / 64;
/** A record stands in the list of a page. */
const LEVELS_AROUND = 2;

/** A value that is not JSON, or that the rules of metrics forbid. Never leaves this package. */
export class UnencodableError extends Error {}

/** What is known of names and units from one record to the next; to be shared by encoders. */
export class EncoderMemory {
  readonly names = new JsonFragments({ before: '', after: ':' });
  readonly metricNames = new JsonFragments({ before: '', after: ':{"value":' });
  readonly units = new JsonFragments({ before: ',"unit":', after: '}' });
}

/**
 * Writes records as the items of a JSON list, straight to UTF-8: byte for byte what `stringifyJson`
 * gives. It checks every value as it writes it, so that whatever became of an object since it was
 * validated, nothing wrong comes out.
 */
export class RecordEncoder {
  readonly #memory: EncoderMemory;
  readonly #json = new JsonBytes(Buffer.allocUnsafeSlow(FIRST_CAPACITY), MOST_CAPACITY);
  /** Buffers that were taken and given back. */
  readonly #spare: Buffer[] = [];
  #listIsEmpty = true;
  /** Going through members by `for … in` is faster than by `Object.keys`, but also gives inherited ones. */
  #anyObjectInherits = false;
  /** Where the last record begins, after its comma. */
  #recordStart = 0;

  constructor(memory: EncoderMemory) {
    this.#memory = memory;
  }

  /** True when it is time to take what there is. */
  get isFull(): boolean {
    return this.#json.length >= SLAB_BYTES;
  }

  /**
   * Adds a record to the list.
   *
   * @returns how many bytes its JSON takes, without the comma before it.
   * @throws UnencodableError or OversizedError, with nothing added.
   */
  append(record: unknown): number {
    const end = this.#json.length;
    try {
      if (!this.#listIsEmpty) this.#json.byte(COMMA);
      const start = this.#json.length;
      if (!isPlainObject(record)) throw new UnencodableError();
      this.#anyObjectInherits = anyObjectInherits();
      this.#object(record, LEVELS_AROUND);
      this.#recordStart = start;
      this.#listIsEmpty = false;
      return this.#json.length - start;
    } catch (error) {
      this.#json.cutTo(end);
      throw error;
    }
  }

  /** Everything since the last time. The list goes on after it. */
  take(): Buffer {
    return this.#take(this.#json.length, this.#json.length);
  }

  /** Everything since the last time but the last record, which begins a new list. */
  takeAllButLast(): Buffer {
    return this.#take(this.#recordStart - 1, this.#recordStart);
  }

  /** Gives the memory of what was taken back. */
  recycle(taken: Buffer): void {
    const { buffer } = taken;
    if (buffer.byteLength === SLAB_CAPACITY) this.#spare.push(Buffer.from(buffer));
  }

  #take(end: number, next: number): Buffer {
    const kept = this.#json.length - next;
    const capacity = Math.max(kept, Math.min(this.#json.capacity, SLAB_CAPACITY));
    const fresh = kept > SLAB_CAPACITY ? undefined : this.#spare.pop();
    const buffer = this.#json.moveTo(fresh ?? Buffer.allocUnsafeSlow(capacity), next);
    this.#recordStart = 0;
    return buffer.subarray(0, end);
  }

  #object(members: Readonly<Record<string, unknown>>, depth: number): void {
    if (depth >= MAX_JSON_DEPTH) throw new UnencodableError();
    const json = this.#json;
    const mayInherit = this.#anyObjectInherits || prototypeOf(members) !== Object.prototype;
    let separator = OPEN_BRACE;
    for (const name in members) {
      if (mayInherit && !Object.hasOwn(members, name)) continue;
      const value = members[name];
      json.byte(separator);
      separator = COMMA;
      if (name === 'value' && Object.hasOwn(members, 'unit')) {
        this.#name(name);
        this.#metricValue(value);
      } else if (!this.#conventionalMetric(name, value, depth + 1)) {
        this.#name(name);
        this.#value(value, depth + 1);
      }
    }
    if (separator === OPEN_BRACE) json.byte(OPEN_BRACE);
    json.byte(CLOSE_BRACE);
  }

  #array(items: readonly unknown[], depth: number): void {
    if (depth >= MAX_JSON_DEPTH) throw new UnencodableError();
    const json = this.#json;
    json.byte(OPEN_BRACKET);
    for (let index = 0; index < items.length; index++) {
      if (index > 0) json.byte(COMMA);
      this.#value(items[index], depth + 1);
    }
    json.byte(CLOSE_BRACKET);
  }

  /** Writes `"name":{"value":…,"unit":…}`, the most frequent member by far; false for any other. */
  #conventionalMetric(name: string, metric: unknown, depth: number): boolean {
    if (typeof metric !== 'object' || metric === null || depth >= MAX_JSON_DEPTH) return false;
    if (prototypeOf(metric) !== Object.prototype || this.#anyObjectInherits) return false;
    if (!hasValueThenUnit(metric)) return false;
    const { value, unit } = metric;
    const opening = this.#memory.metricNames.get(name);
    const closing = typeof unit === 'string' ? this.#memory.units.get(unit) : undefined;
    if (opening === undefined || closing === undefined) return false;
    this.#json.fragment(opening);
    this.#metricValue(value);
    this.#json.fragment(closing);
    return true;
  }

  #metricValue(value: unknown): void {
    if (!isMetricValue(value)) throw new UnencodableError();
    if (typeof value === 'number') this.#json.number(value);
    else this.#json.bigint(value);
  }

  #name(name: string): void {
    const known = this.#memory.names.get(name);
    if (known !== undefined) {
      this.#json.fragment(known);
    } else {
      this.#string(name);
      this.#json.byte(COLON);
    }
  }

  #value(value: unknown, depth: number): void {
    if (typeof value === 'string') this.#string(value);
    else if (typeof value === 'number' && Number.isFinite(value)) this.#json.number(value);
    else if (typeof value === 'bigint') this.#json.bigint(value);
    else if (typeof value === 'boolean') this.#json.boolean(value);
    else if (value === null) this.#json.null();
    else if (Array.isArray(value)) this.#array(value, depth);
    else if (isPlainObject(value)) this.#object(value, depth);
    else throw new UnencodableError();
  }

  #string(text: string): void {
    if (!text.isWellFormed()) throw new UnencodableError();
    this.#json.string(text);
  }
}

const prototypeOf = Object.getPrototypeOf as (object: object) => unknown;

/** True for an object with the members `value` and `unit`, in this order, and no others. */
function hasValueThenUnit(object: object): object is { value: unknown; unit: unknown } {
  let count = 0;
  for (const name in object) {
    if (name !== (count === 0 ? 'value' : 'unit')) return false;
    count += 1;
  }
  return count === 2 && !Array.isArray(object);
}

/** True while some code has put members on the prototype of all objects, which are then inherited. */
function anyObjectInherits(): boolean {
  for (const _ in Object.prototype) return true;
  return false;
}
