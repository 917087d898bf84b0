SELECT
  entry.key AS metric,
  entry.value ->> 'unit' AS unit,
  sum((entry.value ->> 'value')::UBIGINT) AS total -- a HUGEINT: no sum of what is metered overflows it
FROM
  read_json(
    'metering/ru/*/*/*/*.json.gz',
    columns = {data: 'MAP(VARCHAR, JSON)[]'},
    format = 'unstructured', -- a file is one object, not one a line
    maximum_object_size = 104857600 -- the largest page there is; the default refuses a full one
  ),
  unnest(data) AS records(record),
  unnest(map_entries(record)) AS entries(entry)
WHERE json_type(entry.value, 'value') = 'UBIGINT' AND json_type(entry.value, 'unit') = 'VARCHAR'
GROUP BY ALL
ORDER BY ALL
