"""Ad-hoc SQL over what the questions see: the views `events`, `people` and `journeys`, read-only."""

import duckdb
import pyarrow as pa

from desireline.errors import BadSql
from desireline.store.sql import connect

ROWS = 1_000_000


def run(sql: str, tables: dict[str, pa.Table], limit: int = ROWS) -> pa.Table:
    """The rows of one SELECT over the tables; the engine opens no files and no network, and changes nothing.

    Args:
        sql: one statement in DuckDB's SQL.
        tables: what can be named in it.
        limit: rows at most; more are an error, not a silent cut.

    Raises:
        BadSql: it is no single SELECT, names what is not there, or gives too many rows.
    """
    with connect(files=False) as con:
        con.execute("SET python_enable_replacements = false")
        for name, table in tables.items():
            con.register(name, table)
        con.execute("SET lock_configuration = true")
        try:
            statements = con.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise BadSql(why="one SELECT is wanted", available=list(tables))
            body = statements[0].query.rstrip().rstrip(";")
            found: pa.Table = con.sql(f"SELECT * FROM (\n{body}\n) LIMIT {limit + 1}").to_arrow_table()
        except duckdb.Error as error:
            raise BadSql(why=str(error).split("\n")[0], available=list(tables)) from None
    if len(found) > limit:
        raise BadSql(why=f"more than {limit:,} rows; add LIMIT or aggregate", available=list(tables))
    return found
