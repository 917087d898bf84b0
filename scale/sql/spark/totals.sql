CREATE OR REPLACE TEMPORARY VIEW pages
USING json OPTIONS (path 'metering/ru/*/*/*/*.json.gz', singleVariantColumn 'page', mode 'FAILFAST');

SELECT
  entry.key AS metric,
  variant_get(entry.value, '$.unit', 'string') AS unit,
  sum(variant_get(entry.value, '$.value', 'decimal(20, 0)')) AS total -- a DECIMAL(30, 0)
FROM
  pages,
  LATERAL variant_explode(variant_get(page, '$.data')) AS record,
  LATERAL variant_explode(record.value) AS entry
WHERE schema_of_variant(variant_get(entry.value, '$.value')) RLIKE '^(BIGINT|DECIMAL\\(\\d+,0\\))$'
  AND try_variant_get(entry.value, '$.value', 'decimal(20, 0)') BETWEEN 0 AND 18446744073709551615
  AND schema_of_variant(variant_get(entry.value, '$.unit')) = 'STRING'
GROUP BY ALL
ORDER BY ALL
