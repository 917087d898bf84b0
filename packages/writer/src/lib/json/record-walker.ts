import { isMetricValue, isPlainObject, MAX_JSON_DEPTH } from '@metering/core/building-blocks';
import { type JsonSink, UnencodableError } from './json-sink.ts';

/** A record stands in the list of a page. */
const LEVELS_AROUND = 2;

/**
 * Goes through a record and gives it to a sink, in the order of `stringifyJson`. It checks every value
 * at that, so that whatever became of an object since it was validated, nothing wrong comes out.
 */
export class RecordWalker {
  readonly #sink: JsonSink;
  /** Going through members by `for … in` is faster than by `Object.keys`, but also gives inherited ones. */
  #anyObjectInherits = false;

  constructor(sink: JsonSink) {
    this.#sink = sink;
  }

  /** @throws UnencodableError; and what the sink throws. It has taken a part of the record then. */
  walk(record: unknown): void {
    this.#anyObjectInherits = anyObjectInherits();
    this.#object(record, LEVELS_AROUND);
  }

  #object(members: unknown, depth: number): void {
    if (depth >= MAX_JSON_DEPTH) throw new UnencodableError();
    const sink = this.#sink;
    // Asked once: for objects of many shapes it is a call into the runtime.
    const isLiteral = isObjectLiteral(members);
    if (!isLiteral && !isPlainObject(members)) throw new UnencodableError();
    const mayInherit = this.#anyObjectInherits || !isLiteral;
    let isFirst = true;
    sink.openObject();
    for (const name in members) {
      if (mayInherit && !Object.hasOwn(members, name)) continue;
      const value = members[name];
      if (name === 'value' && Object.hasOwn(members, 'unit')) {
        sink.member(name, isFirst);
        this.#metricValue(value);
      } else if (!this.#conventionalMetric(name, isFirst, value, depth + 1)) {
        sink.member(name, isFirst);
        this.#value(value, depth + 1);
      }
      isFirst = false;
    }
    sink.closeObject();
  }

  #array(items: readonly unknown[], depth: number): void {
    if (depth >= MAX_JSON_DEPTH) throw new UnencodableError();
    const sink = this.#sink;
    sink.openList();
    for (let index = 0; index < items.length; index++) {
      sink.item(index === 0);
      this.#value(items[index], depth + 1);
    }
    sink.closeList();
  }

  /** Gives `"name":{"value":…,"unit":…}`, the most frequent member by far; false for any other. */
  #conventionalMetric(name: string, isFirst: boolean, metric: unknown, depth: number): boolean {
    if (typeof metric !== 'object' || metric === null || depth >= MAX_JSON_DEPTH) return false;
    if (prototypeOf(metric) !== Object.prototype || this.#anyObjectInherits) return false;
    if (!hasValueThenUnit(metric)) return false;
    const { value, unit } = metric;
    if (typeof unit !== 'string' || !isMetricValue(value)) return false;
    return this.#sink.metric(name, isFirst, value, unit);
  }

  #metricValue(value: unknown): void {
    if (!isMetricValue(value)) throw new UnencodableError();
    if (typeof value === 'number') this.#sink.number(value);
    else this.#sink.bigint(value);
  }

  #value(value: unknown, depth: number): void {
    const sink = this.#sink;
    if (typeof value === 'string') this.#string(value);
    else if (typeof value === 'number' && Number.isFinite(value)) sink.number(value);
    else if (typeof value === 'bigint') sink.bigint(value);
    else if (typeof value === 'boolean') sink.boolean(value);
    else if (value === null) sink.null();
    else if (Array.isArray(value)) this.#array(value, depth);
    else this.#object(value, depth);
  }

  #string(text: string): void {
    if (!text.isWellFormed()) throw new UnencodableError();
    this.#sink.string(text);
  }
}

const prototypeOf = Object.getPrototypeOf as (object: object) => unknown;

/** True for most plain objects: those that inherit from this realm's `Object.prototype`. */
function isObjectLiteral(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return prototypeOf(value) === Object.prototype;
}

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
