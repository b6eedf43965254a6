"""The one way to a DuckDB connection."""

import contextlib

import duckdb


def connect(*, files: bool = True) -> duckdb.DuckDBPyConnection:
    """An engine in memory, in UTC, that keeps the order of rows and writes no progress to standard output.

    Args:
        files: whether it may open files; an engine that works on what users wrote may not.
    """
    con = duckdb.connect(config={"enable_external_access": files, "preserve_insertion_order": True})
    con.execute("SET TimeZone = 'UTC'")
    with contextlib.suppress(duckdb.InvalidInputException):  # in a notebook without ipywidgets, which has no bar
        con.execute("SET enable_progress_bar = false")
    return con
