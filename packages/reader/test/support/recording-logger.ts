import type { Logger } from '@metering/core';

export interface LogEntry {
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A logger that keeps its warnings. */
export function recordingLogger(): Logger & { readonly warnings: readonly LogEntry[] } {
  const warnings: LogEntry[] = [];
  const ignore = () => undefined;
  return {
    warnings,
    debug: ignore,
    info: ignore,
    warn: (details, message) => void warnings.push({ details, message }),
    error: ignore,
  };
}
