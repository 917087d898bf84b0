import { readFileSync } from 'node:fs';
import { configJsonSchema, type JsonSchema, parseConfig } from '@metering/config';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const schema = configJsonSchema();

describe('the JSON Schema', () => {
  it('that is published is the one that the tables say; `pnpm schema` writes it', () => {
    const published = readFileSync(new URL('../schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published)).toEqual(schema);
  });

  it('lets pass what parseConfig does, and the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(file, async (value) => {
        const parsed = parseConfig(JSON.stringify(value), 'json', { env: {} });
        const accepted = await parsed.then(
          () => true,
          () => false,
        );
        expect({ value, accepted: matches(schema, value) }).toEqual({ value, accepted });
      }),
      { numRuns: 3_000 },
    );
  });

  it('lets references to the environment pass where no text belongs', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to the environment
    const aws = { 's3-force-path-style': '${STYLE}' };
    expect(matches(schema, { type: 's3', bucket: 'b', aws })).toBe(true);
  });
});

/** Few names and few values, so that many files are nearly right. */
const section = fc.dictionary(
  fc.constantFrom(
    'access-key',
    'secret-access-key',
    'session-token',
    'assume-role-arn',
    'external-id',
    'duration-seconds',
    's3-force-path-style',
    'account-name',
    'account-key',
    'base-path',
    'create-dirs',
    'permissions',
  ),
  fc.constantFrom<unknown>('x', 'x', '0755', '755', 900, 899, 1.5, true, [], {}),
  { maxKeys: 3 },
);
const file = fc
  .record(
    {
      type: fc.constantFrom<unknown>('s3', 'oss', 'azure', 'localfs', 's4', 5),
      bucket: fc.constantFrom<unknown>('b', 'b', 'b', 5),
      region: fc.constantFrom<unknown>('r', false),
      prefix: fc.constant('p'),
      'shared-pool-id': fc.constant('p'),
      aws: section,
      oss: section,
      azure: section,
      localfs: section,
      unknown: fc.constant('x'),
    },
    { requiredKeys: ['type'], noNullPrototype: true },
  )
  .chain((all) => fc.subarray(Object.keys(all)).map((names) => [all, names] as const))
  .map(([all, names]) =>
    Object.fromEntries(
      Object.entries(all).filter(([name]) => name === 'type' || names.includes(name)),
    ),
  );

/** Checks a value by the few keywords that the schema is made of; an unknown one is an error. */
function matches(rules: JsonSchema | boolean, value: unknown): boolean {
  if (typeof rules === 'boolean') return rules;
  return Object.entries(rules).every(([keyword, rule]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`Unknown keyword ${keyword}`);
    return check(rule as never, value, rules);
  });
}

type Check = (rule: never, value: unknown, rules: JsonSchema) => boolean;

const ignored: Check = () => true;

const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: ignored,
  title: ignored,
  description: ignored,
  default: ignored,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: ignored,
  type: (type: string, value) =>
    type === 'integer' ? Number.isInteger(value) : type === kindOf(value),
  enum: (values: unknown[], value) => values.includes(value),
  const: (constant: unknown, value) => constant === value,
  pattern: (pattern: string, value) => typeof value !== 'string' || new RegExp(pattern).test(value),
  minimum: (minimum: number, value) => typeof value !== 'number' || value >= minimum,
  maximum: (maximum: number, value) => typeof value !== 'number' || value <= maximum,
  anyOf: (all: JsonSchema[], value) => all.some((rules) => matches(rules, value)),
  allOf: (all: JsonSchema[], value) => all.every((rules) => matches(rules, value)),
  if: (condition: JsonSchema, value, { then }) =>
    !matches(condition, value) || matches(then as JsonSchema, value),
  required: (names: string[], value) => names.every((name) => Object.hasOwn(value as object, name)),
  properties: (all: Record<string, JsonSchema | boolean>, value) =>
    Object.entries(all).every(([name, rules]) => {
      const members = value as Record<string, unknown>;
      return !Object.hasOwn(members, name) || matches(rules, members[name]);
    }),
  additionalProperties: (_, value, { properties }) =>
    Object.keys(value as object).every((name) => Object.hasOwn(properties as object, name)),
  dependencies: (all: Record<string, string[]>, value) =>
    Object.entries(all).every(
      ([name, others]) =>
        !Object.hasOwn(value as object, name) ||
        others.every((other) => Object.hasOwn(value as object, other)),
    ),
};

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
