SELECT
  entry.1 AS metric,
  JSONExtractString(entry.2, 'unit') AS unit,
  sum(toUInt128(JSONExtractRaw(entry.2, 'value'))) AS total -- a sum of UInt64 would wrap around
FROM (
  SELECT arrayJoin(JSONExtractKeysAndValuesRaw(arrayJoin(JSONExtractArrayRaw(page, 'data')))) AS entry
  FROM file('metering/ru/*/*/*/*.json.gz', 'JSONAsString', 'page String')
)
WHERE JSONType(entry.2, 'value') IN ('Int64', 'UInt64')
  AND NOT startsWith(JSONExtractRaw(entry.2, 'value'), '-')
  AND JSONType(entry.2, 'unit') = 'String'
GROUP BY metric, unit
ORDER BY metric, unit
