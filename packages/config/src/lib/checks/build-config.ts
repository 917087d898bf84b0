import type { Backend } from '../backends/backend.ts';
import type { FieldValue } from '../fields/field.ts';
import { SHARED_NAMES } from '../fields/shared-fields.ts';
import type { Findings } from '../findings.ts';

/** The options that a configuration gives, by their names in camelCase, each one checked alone. */
export interface GivenOptions {
  readonly shared: Map<string, FieldValue>;
  readonly section: Map<string, FieldValue>;
}

/** Nothing given yet. */
export function noOptions(): GivenOptions {
  return { shared: new Map(), section: new Map() };
}

/**
 * Makes a configuration from its options: fills defaults in and holds them together.
 *
 * @throws ConfigError for what is missing, or was found before.
 */
export function buildConfig(backend: Backend, given: GivenOptions, findings: Findings): unknown {
  findings.throwIfAny();
  for (const [name, field] of backend.fields) {
    if (field.default !== undefined && !given.section.has(name)) {
      given.section.set(name, field.default);
    }
  }
  findMissing(backend, given, findings);
  findings.throwIfAny();
  return assemble(backend, given);
}

function findMissing(backend: Backend, { shared, section }: GivenOptions, findings: Findings) {
  if (backend.requiresBucket && !shared.has('bucket')) {
    findings.addOption(['bucket'], 'is required');
  }
  for (const [name, field] of backend.fields) {
    if (field.required && !section.has(name)) {
      findings.addOption([backend.sectionName, name], 'is required');
    }
    if (!section.has(name)) continue;
    for (const other of field.requires ?? []) {
      if (section.has(other)) continue;
      const [needed] = findings.spell([backend.sectionName, other]).slice(-1);
      findings.addOption(
        [backend.sectionName, name],
        `has no effect without ${needed}: give both or none`,
      );
    }
  }
}

function assemble(backend: Backend, { shared, section }: GivenOptions): object {
  const config: Record<string, unknown> = { type: backend.type };
  for (const name of SHARED_NAMES) if (shared.has(name)) config[name] = shared.get(name);
  if (section.size > 0) {
    const names = [...backend.fields.keys()].filter((name) => section.has(name));
    config[backend.sectionName] = Object.fromEntries(
      names.map((name) => [name, section.get(name)]),
    );
  }
  // So that `String(config)` tells something, and no secret.
  Object.defineProperty(config, 'toString', { value: () => JSON.stringify(config) });
  return config;
}
