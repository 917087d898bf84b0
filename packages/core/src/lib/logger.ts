/** One level of a logger: what happened as data, then as a sentence. */
export type LogMethod = (details: Readonly<Record<string, unknown>>, message: string) => void;

/** Where a package tells what it does. pino's loggers and `console` both fit. Default: nowhere. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}
