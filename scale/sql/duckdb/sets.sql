SELECT
  timestamp, category, shared_pool_id, self_id,
  CASE
    WHEN max(part) <> count(*) - 1 THEN 'incomplete' -- a page between others is missing
    WHEN count(parts) = 0 THEN 'unknown' -- Go wrote it, and does not say
    WHEN count(*) FILTER (parts > 0) = 1 AND max(parts) = count(*) THEN 'complete'
    ELSE 'incomplete'
  END AS status
FROM
  read_json(
    'metering/ru/*/*/*/*.json.gz',
    columns = {
      timestamp: 'BIGINT', category: 'VARCHAR', shared_pool_id: 'VARCHAR', self_id: 'VARCHAR',
      part: 'BIGINT', parts: 'BIGINT'
    },
    format = 'unstructured',
    maximum_object_size = 104857600
  )
GROUP BY ALL
ORDER BY ALL
