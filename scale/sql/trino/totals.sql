-- A page is one line, so a table of text has a row for each.
CREATE TABLE pages (page varchar)
WITH (format = 'TEXTFILE', external_location = 's3://bucket/metering/ru/', textfile_field_separator = U&'\0001');

SELECT
  metric,
  json_extract_scalar(entry, '$.unit') AS unit,
  sum(TRY_CAST(json_extract_scalar(entry, '$.value') AS decimal(20, 0))) AS total -- a decimal(38, 0)
FROM pages
CROSS JOIN UNNEST(CAST(json_extract(page, '$.data') AS array(map(varchar, json)))) AS records (record)
CROSS JOIN UNNEST(record) AS entries (metric, entry)
WHERE json_format(json_extract(entry, '$.unit')) LIKE '"%' -- json_extract_scalar makes a text of a number, too
  AND regexp_like(json_format(json_extract(entry, '$.value')), '^[0-9]+$')
  AND TRY_CAST(json_extract_scalar(entry, '$.value') AS decimal(20, 0)) <= DECIMAL '18446744073709551615'
GROUP BY 1, 2
ORDER BY 1, 2;
