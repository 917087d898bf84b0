-- A page is one line, so a table of text has a row for each. `hive.recursive-directories` is true.
CREATE TABLE hive.metering.pages (page varchar)
WITH (format = 'TEXTFILE', external_location = 's3://bucket/metering/ru/', textfile_field_separator = U&'\0001');

SELECT
  metric,
  json_extract_scalar(entry, '$.unit') AS unit,
  sum(CAST(json_extract_scalar(entry, '$.value') AS decimal(38, 0))) AS total
FROM hive.metering.pages
CROSS JOIN UNNEST(CAST(json_extract(page, '$.data') AS array(map(varchar, json)))) AS records (record)
CROSS JOIN UNNEST(record) AS entries (metric, entry)
WHERE json_extract_scalar(entry, '$.unit') IS NOT NULL
  AND regexp_like(json_extract_scalar(entry, '$.value'), '^[0-9]+$')
GROUP BY 1, 2
ORDER BY 1, 2;
