WITH records AS (
  SELECT unnest(data) AS record
  FROM read_json(
    'metering/ru/*/*/*/*.json.gz',
    columns = {
      data: 'STRUCT(
        requests STRUCT(value UBIGINT, unit VARCHAR),
        egress STRUCT(value UBIGINT, unit VARCHAR)
      )[]'
    },
    format = 'unstructured',
    maximum_object_size = 104857600
  )
)
SELECT 'egress' AS metric, record.egress.unit AS unit, sum(record.egress.value) AS total
FROM records WHERE record.egress IS NOT NULL GROUP BY unit
UNION ALL
SELECT 'requests', record.requests.unit, sum(record.requests.value)
FROM records WHERE record.requests IS NOT NULL GROUP BY record.requests.unit
ORDER BY ALL
