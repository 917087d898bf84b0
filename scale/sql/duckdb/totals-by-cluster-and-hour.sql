SELECT
  record['logical_cluster_id'] ->> '$' AS cluster,
  timestamp - timestamp % 3600 AS hour,
  entry.key AS metric,
  entry.value ->> 'unit' AS unit,
  sum((entry.value ->> 'value')::UBIGINT) AS total
FROM
  read_json(
    'metering/ru/*/*/*/*.json.gz',
    columns = {timestamp: 'BIGINT', data: 'MAP(VARCHAR, JSON)[]'},
    format = 'unstructured',
    maximum_object_size = 104857600
  ),
  unnest(data) AS records(record),
  unnest(map_entries(record)) AS entries(entry)
WHERE json_type(entry.value, 'value') = 'UBIGINT' AND json_type(entry.value, 'unit') = 'VARCHAR'
GROUP BY ALL
ORDER BY ALL NULLS FIRST
