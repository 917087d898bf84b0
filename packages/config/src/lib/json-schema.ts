import type { StorageDriver } from '@metering/core';
import { checkOptionNames } from '@metering/core/building-blocks';
import type { Backend } from './backends/backend.ts';
import { Backends } from './backends/backends.ts';
import type { Field } from './fields/field.ts';
import { kebabCase } from './fields/kebab-case.ts';
import { SHARED_FIELDS, SHARED_NAMES } from './fields/shared-fields.ts';
import { DRIVERS_OPTION, type DriversOption } from './storage-config.ts';

/** A JSON Schema, as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a variable of the environment may fill in. */
const REFERENCE = '\\$\\{';
const REFERENCE_TEXT: JsonSchema = { type: 'string', pattern: REFERENCE };

/**
 * The JSON Schema (draft 7) of a configuration file, from the tables that `parseConfig` checks by, so
 * that editors complete and check YAML, TOML and JSON. `@metering/config/schema.json` is the one without
 * third parties' drivers. It is stricter in one thing: text that looks like a number must be in quotes.
 *
 * @throws TypeError for a driver that cannot stand beside the others.
 */
export function configJsonSchema(
  options: DriversOption<readonly StorageDriver[]> = {},
): JsonSchema {
  checkOptionNames('configJsonSchema', options, DRIVERS_OPTION);
  const backends = new Backends(options.drivers ?? []);
  const all = backends.all();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of a metering storage',
    type: 'object',
    required: ['type'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      type: { enum: backends.types, description: 'The kind of storage.' },
      ...Object.fromEntries(
        SHARED_NAMES.map((name) => [kebabCase(name), fieldSchema(SHARED_FIELDS[name])]),
      ),
      ...Object.fromEntries(all.map((backend) => [backend.sectionName, sectionSchema(backend)])),
    },
    allOf: all.map((backend) => typeRules(backend, all)),
  };
}

function sectionSchema({ type, fields }: Backend): JsonSchema {
  const entries = [...fields];
  const required = entries.filter(([, field]) => field.required).map(([name]) => kebabCase(name));
  const requires = entries.filter(([, field]) => field.requires !== undefined);
  return {
    type: 'object',
    description: `The options of the type ${type}.`,
    additionalProperties: false,
    properties: Object.fromEntries(
      entries.map(([name, field]) => [kebabCase(name), fieldSchema(field)]),
    ),
    ...(required.length > 0 && { required }),
    ...(requires.length > 0 && {
      dependencies: Object.fromEntries(
        requires.map(([name, field]) => [kebabCase(name), field.requires?.map(kebabCase)]),
      ),
    }),
  };
}

function fieldSchema(field: Field): JsonSchema {
  const { description, default: value } = field;
  return {
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    ...valueSchema(field),
  };
}

function valueSchema({ type, minimum = 0, maximum }: Field): JsonSchema {
  switch (type) {
    case 'boolean':
      return { anyOf: [{ type: 'boolean' }, REFERENCE_TEXT] };
    case 'integer': {
      const limits = { minimum, ...(maximum !== undefined && { maximum }) };
      return { anyOf: [{ type: 'integer', ...limits }, REFERENCE_TEXT] };
    }
    case 'octal':
      return { type: 'string', pattern: `^0[0-7]{3,4}$|${REFERENCE}` };
    default:
      return { type: 'string' };
  }
}

/** What holds for one type: it needs a bucket, and takes neither others' sections nor options in vain. */
function typeRules(backend: Backend, all: readonly Backend[]): JsonSchema {
  const others = all.filter((other) => other !== backend).map((other) => other.sectionName);
  const unused = SHARED_NAMES.filter((name) => !backend.sharedNames.includes(name)).map(kebabCase);
  const required = [
    ...(backend.requiresBucket ? ['bucket'] : []),
    ...([...backend.fields.values()].some((field) => field.required) ? [backend.sectionName] : []),
  ];
  return {
    if: { properties: { type: { const: backend.type } }, required: ['type'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries([...others, ...unused].map((name) => [name, false])),
    },
  };
}
