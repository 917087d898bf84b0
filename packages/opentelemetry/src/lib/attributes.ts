import type { Attributes, AttributeValue } from '@opentelemetry/api';

/** The names of attributes, by the fields of queries, data and pages that they tell. */
const NAMES = {
  key: 'metering.key',
  timestamp: 'metering.timestamp',
  from: 'metering.from',
  to: 'metering.to',
  category: 'metering.category',
  sharedPoolId: 'metering.shared_pool_id',
  selfId: 'metering.self_id',
  clusterId: 'metering.cluster_id',
  type: 'metering.type',
  modifyTs: 'metering.modify_ts',
  at: 'metering.at',
} as const;

/** What a span tells of a query, of data or of a page: the fields that say which it is, never its usage. */
export function attributesOf(subject: unknown): Attributes {
  if (typeof subject !== 'object' || subject === null) return {};
  const attributes: Attributes = {};
  for (const [field, name] of Object.entries(NAMES)) {
    const value = attributeValue((subject as Readonly<Record<string, unknown>>)[field]);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

/** A value as an attribute may be one: a bigint, of which OpenTelemetry knows nothing, as its digits. */
function attributeValue(value: unknown): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    default:
      return undefined;
  }
}
