"""run_sql.py clickhouse|spark FILE: runs the statements of a file here; prints the last one's rows, a line of JSON each."""

import json
import sys


def clickhouse(sql):
    import chdb

    lines = str(chdb.query(sql, "JSONEachRow")).splitlines()
    return [list(json.loads(line).values()) for line in lines]


def spark(sql):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    results = [session.sql(statement) for statement in sql.split(";")]
    return results[-1].collect()


engine, file = sys.argv[1:]
with open(file, encoding="utf-8") as source:
    rows = {"clickhouse": clickhouse, "spark": spark}[engine](source.read())
for metric, unit, total in rows:
    print(json.dumps([metric, unit, str(total)]))
