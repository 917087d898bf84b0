import { type ConfigFormat, parseConfig } from '@metering/config';
import { expect, it } from 'vitest';
import { configError } from './config-error.ts';

/** A text, and what is wrong with it: the key, what the message says, and where. */
export type FileFault = readonly [
  format: ConfigFormat,
  text: string,
  path: string | undefined,
  message: RegExp,
  at?: string,
];

/** Tests of each fault that its error says file, key, place, what was found and what was expected. */
export function testFaults(faultsByName: Readonly<Record<string, readonly FileFault[]>>): void {
  const rows = Object.entries(faultsByName).flatMap(([name, faults]) =>
    faults.map((fault) => ({ name, fault })),
  );
  it.each(rows)('$name ($fault.0): $fault.3', async ({ fault }) => {
    const [format, text, path, message, at] = fault;
    const source = `config.${format}`;
    const error = await configError(() => parseConfig(text, format, { source, env: {} }));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(source);
    expect(error.source).toBe(source);
    expect(error.path).toBe(path);
    expect(error.code).toBe(
      /unknown.*install|third party/.test(error.message) ? 'UNKNOWN_TYPE' : 'INVALID_CONFIG',
    );
    if (at === undefined) return;
    expect(`${error.line}:${error.column}`).toBe(at);
    expect(error.message).toContain(`line ${error.line}, column ${error.column}`);
  });
}
