/** Takes a record as JSON, token by token. What is called is valid JSON; commas are the sink's. */
export interface JsonSink {
  /** `"name":{"value":…,"unit":"…"}` at once, or false, and nothing taken, where that cannot be. */
  metric(name: string, isFirst: boolean, value: number | bigint, unit: string): boolean;
  openObject(): void;
  /** @throws UnencodableError for an ill-formed name. */
  member(name: string, isFirst: boolean): void;
  closeObject(): void;
  openList(): void;
  item(isFirst: boolean): void;
  closeList(): void;
  /** @param text is well-formed. */
  string(text: string): void;
  /** @param value is finite. */
  number(value: number): void;
  bigint(value: bigint): void;
  boolean(value: boolean): void;
  null(): void;
}

/** A value that is not JSON, or that the rules of metrics forbid. Never leaves this package. */
export class UnencodableError extends Error {}
